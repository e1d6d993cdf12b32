// The words that own steps brought into a document, for the tray.

import type { Node } from "prosemirror-model";
import type { StepMap } from "prosemirror-transform";
import type { Own } from "./rebase.ts";

type Range = readonly [from: number, to: number];

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

/** Where the range has gone; what stands of it around a deletion stays one range. */
function through(map: StepMap, [from, to]: Range): Range[] {
  const range = [map.map(from, 1), map.map(to, -1)] as const;
  return range[0] < range[1] ? [range] : [];
}

function joined(ranges: readonly Range[]): Range[] {
  const out: [number, number][] = [];
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    const last = out.at(-1);
    if (to <= from) continue;
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}
