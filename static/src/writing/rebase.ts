// Own work set anew on top of what others wrote: undo it, apply theirs, apply it again.
//
// - A step that undoes and the one that does again are mirrors: positions inside own words survive.
// - A step with no place left falls away. It is told, never dropped in silence.
// - A deletion that is set on top of words it had not seen takes them along; they are noted.

import type { Node } from "prosemirror-model";
import { Mapping, type Step, type StepMap } from "prosemirror-transform";
import { overlap, through, type Range } from "./ranges.ts";

/** One step of the person's own that is not confirmed. Steps stay apart even where they travel as
 * one, so that the editor's history finds each of them again. */
export interface Own {
  readonly step: Step;
  readonly inverted: Step;
  readonly forWhom: string;
  readonly item: string; // the key it travels under, "" before it is sent
  readonly overrun: string; // words that others wrote meanwhile in what it deletes
}

export type Mirror = readonly [done: number, undoing: number];

export interface Rebased {
  readonly doc: Node;
  readonly steps: readonly Step[]; // from the old document to `doc`
  readonly mirrors: readonly Mirror[];
  readonly own: readonly Own[];
  readonly fallen: readonly Own[]; // as they were, in the old document
}

/** The text and the steps do not fit: somebody's copy is torn, and must be fetched afresh. */
export class Torn extends Error {}

/** `twins[j]`: the index in `own` of what has become `over[j]`. Steps of `own` before `again` are
 * undone for good; the others are done again. */
export function rebase(
  doc: Node,
  own: readonly Own[],
  over: readonly Step[],
  again = 0,
  twins: readonly (number | undefined)[] = [],
): Rebased {
  const way = new Way(doc);
  const undoing = (i: number): number => own.length - 1 - i;
  for (const { inverted } of own.toReversed()) way.go(inverted);
  over.forEach((step, j) => {
    const twin = twins[j];
    way.theirs(step, twin === undefined ? undefined : undoing(twin));
  });
  const kept: Own[] = [];
  const fallen: Own[] = [];
  own.slice(again).forEach((mine, i) => {
    const redone = way.again(mine.step, undoing(again + i));
    if (redone) kept.push({ ...mine, ...redone, overrun: mine.overrun + redone.overrun });
    else fallen.push(mine);
  });
  return { doc: way.doc, steps: way.steps, mirrors: way.mirrors, own: kept, fallen };
}

/** Own steps as the person has just made them, on `doc`. */
export function asOwn(
  doc: Node,
  steps: readonly Step[],
  forWhom: string,
  { item, overrun } = { item: "", overrun: "" },
): [Node, Own[]] {
  const way = new Way(doc);
  const own = steps.map((step) => {
    const inverted = step.invert(way.doc);
    way.go(step);
    return { step, inverted, forWhom, item, overrun };
  });
  return [way.doc, own];
}

class Way {
  doc: Node;
  readonly steps: Step[] = [];
  readonly mirrors: Mirror[] = [];
  private readonly mapping = new Mapping();
  private foreign: Range[] = []; // what others brought, where it stands in `doc`

  constructor(doc: Node) {
    this.doc = doc;
  }

  go(step: Step, undoing?: number): void {
    const { doc, failed } = step.apply(this.doc);
    if (!doc) throw new Torn(failed ?? "A step does not apply.");
    this.put(step, doc, undoing);
  }

  theirs(step: Step, twin?: number): void {
    this.go(step, twin);
    if (twin !== undefined) return;
    step.getMap().forEach((_from, _to, from, to) => this.foreign.push([from, to]));
  }

  again(step: Step, undoing: number): Pick<Own, "step" | "inverted" | "overrun"> | null {
    const mapped = step.map(this.mapping.slice(undoing + 1));
    const before = this.doc;
    const after = mapped?.apply(before).doc;
    if (!mapped || !after) return null;
    const overrun = this.overrunBy(mapped.getMap());
    this.put(mapped, after, undoing);
    return { step: mapped, inverted: mapped.invert(before), overrun };
  }

  private overrunBy(map: StepMap): string {
    let words = "";
    map.forEach((from, to) => {
      const taken = this.foreign.flatMap((range) => overlap(range, [from, to]));
      words += taken.map((range) => this.doc.textBetween(...range, "\n")).join("");
    });
    return words;
  }

  private put(step: Step, doc: Node, undoing?: number): void {
    const map = step.getMap();
    this.doc = doc;
    this.foreign = this.foreign.flatMap((range) => through(map, range));
    this.mapping.appendMap(map, undoing);
    const done = this.steps.push(step) - 1;
    if (undoing !== undefined) this.mirrors.push([done, undoing]);
  }
}
