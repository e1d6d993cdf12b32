// Ranges of a document, and what becomes of them.

import type { StepMap } from "prosemirror-transform";

export type Range = readonly [from: number, to: number];

/** Where a range has gone; what stands of it around a deletion stays one range. */
export function through(map: StepMap, [from, to]: Range): Range[] {
  const range = [map.map(from, 1), map.map(to, -1)] as const;
  return range[0] < range[1] ? [range] : [];
}

export function overlap([from, to]: Range, [start, end]: Range): Range[] {
  const range = [Math.max(from, start), Math.min(to, end)] as const;
  return range[0] < range[1] ? [range] : [];
}

/** In order, those that touch as one. */
export function joined(ranges: readonly Range[]): Range[] {
  const out: [number, number][] = [];
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    const last = out.at(-1);
    if (to <= from) continue;
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}
