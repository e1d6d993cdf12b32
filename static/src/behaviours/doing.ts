// Does an act of the paper, with what is being written sent before it.

import type { Deed } from "../live/messages.ts";
import { isUp, toBench } from "./live.ts";
import { outcome, tell } from "./tell.ts";
import { whom } from "./whom.ts";
import { say } from "./words.ts";
import * as write from "./write.ts";

/** Does an act, and says where it was not done. Gives what it made. */
export async function act(deed: Deed, near: HTMLElement | null): Promise<readonly string[] | null> {
  if (!isUp()) {
    tell(near, say("noLine"));
    return null;
  }
  try {
    const { desk } = await toBench();
    const here = write.written()?.handle.option;
    return outcome(near, await desk.act(deed, whom().forWhom, here ? [here] : []));
  } catch {
    tell(near, say("noLine"));
    return null;
  }
}
