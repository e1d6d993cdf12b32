// What one has done at this table, act by act, so that it can be taken back and done again.

import type { Wish } from "./deeds.ts";

let done: number[] = []; // own acts, by their events
const undone: number[] = [];
let back = false; // "undo" does again what was undone

export function isBack(): boolean {
  return back;
}

export function turn(again: boolean): void {
  back = again;
}

export function remember(seq: number, act: string): void {
  if (act !== "undo") {
    done.push(seq);
    undone.length = 0;
  } else if (back) {
    undone.pop();
    done.push(seq);
  } else {
    done.pop();
    undone.push(seq);
  }
}

/** Whether there is something that one did here and has not taken back. */
export function canUndo(): boolean {
  return done.length > 0;
}

/** The last act of one's own; before the first of this visit, the last one that the page tells. */
export function undoWish(): Wish {
  const told = Number(document.getElementById("table")?.dataset["undo"] ?? 0);
  if (done.length === 0 && undone.length === 0 && told) done = [told];
  const seq = (back ? undone : done).at(-1);
  return seq ? { deed: { a: "undo", seq } } : { why: "nothingToUndo" };
}
