// What an act would do, as the server tells it: it is tried there and taken back.

import { whom } from "../behaviours/whom.ts";
import { say } from "../behaviours/words.ts";
import type { Deed } from "../live/messages.ts";

export interface Effect {
  readonly words: string;
  readonly refused: boolean;
}

let older = new AbortController();

/** Asks about a deed; nobody waits any more for the answer to an older question. */
export async function effectOf(deed: Deed): Promise<Effect> {
  const table = document.getElementById("table");
  older.abort();
  older = new AbortController();
  const query = new URLSearchParams({ for: whom().forWhom });
  try {
    const answer = await fetch(`${table?.dataset["here"] ?? ""}effect/?${query.toString()}`, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": table?.dataset["csrf"] ?? "" },
      body: JSON.stringify(deed),
      signal: older.signal,
    });
    const told = (await answer.json()) as { words?: string; refused?: string };
    if (told.refused !== undefined) return { words: told.refused, refused: true };
    return { words: told.words ?? "", refused: false };
  } catch {
    return { words: say("noLine"), refused: true };
  }
}
