// The last act that was done on this page is undone as one step, and can be done again.
//
// - What one types has an undo of its own, where one writes.
// - Where somebody has built upon the act, it stays, and one is told who.

import type { Answer } from "../writing/contract.ts";
import { forget, last, remember } from "./acted.ts";
import { isUp, toBench } from "./live.ts";
import { mayAct } from "./own.ts";
import { tell } from "./tell.ts";
import { say } from "./words.ts";
import * as write from "./write.ts";

/** Undoes the last act of this page; what became of it is told by `near`. */
export async function undo(near: HTMLElement | null): Promise<void> {
  const seq = last();
  if (!mayAct("undo") || seq === null) return tell(near, say("nothingToUndo"));
  const answer = await put(seq, near);
  if (answer?.kind === "done") {
    forget(seq);
    tell(near, say("undone"), { words: say("doAgain"), take: () => void again(answer.seq, near) });
  } else if (answer?.kind === "refused" && answer.code !== "too_old") forget(seq);
}

async function again(seq: number, near: HTMLElement | null): Promise<void> {
  const answer = await put(seq, near);
  if (answer?.kind === "done") remember(answer.seq);
}

async function put(seq: number, near: HTMLElement | null): Promise<Answer | null> {
  if (!isUp()) {
    tell(near, say("noLine"));
    return null;
  }
  const { desk } = await toBench();
  const here = write.written()?.handle.option;
  const answer = await desk.act({ a: "undo", seq }, "", here ? [here] : []);
  if (answer.kind === "refused") tell(near, say("refused", { s: answer.reason }));
  else if (answer.kind === "offline") tell(near, say("noLine"));
  return answer;
}
