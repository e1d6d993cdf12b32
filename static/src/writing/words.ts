// The words that own steps brought into a document, for the tray.

import type { Node } from "prosemirror-model";
import { joined, through, type Range } from "./ranges.ts";
import type { Own } from "./rebase.ts";

/** What of the words that the chosen steps brought still stands in `doc`, which has all of `own`. */
export function wordsOf(doc: Node, own: readonly Own[], chosen: (mine: Own) => boolean): string {
  let ranges: Range[] = [];
  for (const mine of own) {
    const map = mine.step.getMap();
    ranges = ranges.flatMap((range) => through(map, range));
    if (chosen(mine)) map.forEach((_from, _to, from, to) => ranges.push([from, to]));
  }
  return joined(ranges)
    .map(([from, to]) => doc.textBetween(from, to, "\n"))
    .filter((words) => words.trim() !== "")
    .join(" … ");
}
