// Words that a deletion takes along when it is set on top of what it had not seen.

import type { Node } from "prosemirror-model";
import { ReplaceStep, type Step } from "prosemirror-transform";
import { overlap, type Range } from "./ranges.ts";

const MOST_COMPARED = 1_000_000; // characters of the one times those of the other

/** What `step` deletes in `doc` of the ranges that others brought. */
export function overrunBy(doc: Node, step: Step, foreign: readonly Range[]): string {
  return wordsIn(doc, taken(step, foreign));
}

/** A step of one's own, and what undoes it. */
interface Done {
  readonly step: Step;
  readonly inverted: Step;
}

/** What it deletes of one's own words that it did not delete before: at the edge of own words the
 * two ends of a step can be carried to different places. */
export function overrunOwn(doc: Node, step: Step, mine: Done, foreign: readonly Range[]): string {
  if (!(step instanceof ReplaceStep && mine.step instanceof ReplaceStep)) return "";
  const theirs = taken(step, foreign);
  const size = step.to - step.from - theirs.reduce((sum, [from, to]) => sum + to - from, 0);
  if (size <= mine.step.to - mine.step.from) return "";
  return without(wordsIn(doc, between(step, theirs)), contentOf(mine.inverted));
}

function taken(step: Step, ranges: readonly Range[]): Range[] {
  const out: Range[] = [];
  step.getMap().forEach((from, to) => out.push(...ranges.flatMap((range) => overlap(range, [from, to]))));
  return out.toSorted(([a], [b]) => a - b);
}

function between(step: ReplaceStep, holes: readonly Range[]): Range[] {
  const edges = [step.from, ...holes.flat(), step.to];
  return edges.flatMap((from, i): Range[] => {
    const to = edges[i + 1];
    return i % 2 === 0 && to !== undefined && from < to ? [[from, to]] : [];
  });
}

function wordsIn(doc: Node, ranges: readonly Range[]): string {
  return ranges.map(([from, to]) => doc.textBetween(from, to, "\n")).join("");
}

/** All words that a step deletes in `doc`. */
export function deletedBy(doc: Node, step: Step): string {
  const ranges: Range[] = [];
  step.getMap().forEach((from, to) => ranges.push([from, to]));
  return wordsIn(doc, ranges);
}

function contentOf(step: Step): string {
  if (!(step instanceof ReplaceStep)) return "";
  const { content } = step.slice;
  return content.textBetween(0, content.size, "\n");
}

/** `text` without the longest common subsequence with `known`. */
function without(text: string, known: string): string {
  const [a, b] = [[...text], [...known]];
  if (a.length * b.length > MOST_COMPARED) return text;
  const rows = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const row = rows[i];
    for (let j = b.length - 1; row && j >= 0; j--) {
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  let out = "";
  for (let i = 0, j = 0; i < a.length; ) {
    if (j < b.length && a[i] === b[j]) [i, j] = [i + 1, j + 1];
    else if (j < b.length && at(i, j + 1) > at(i + 1, j)) j += 1;
    else out += a[i++] ?? "";
  }
  return out;
}
