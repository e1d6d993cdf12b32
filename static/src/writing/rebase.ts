// Own work set anew on top of what others wrote: undo it, apply theirs, apply it again.
//
// - A step that undoes and the one that does again are mirrors: positions inside own words survive.
// - A step with no place left falls away. It is told, never dropped in silence.
// - Undoing a mark may take it from words that had it before: marks are then put right by further
//   steps, which move no position.
// - A deletion that is set on top of words it had not seen takes them along; they are noted.

import type { Node } from "prosemirror-model";
import { Mapping, ReplaceStep, type Step } from "prosemirror-transform";
import { remarked } from "./marks.ts";
import { overrunBy, overrunOwn } from "./overrun.ts";
import { through, type Range } from "./ranges.ts";

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

/** `doc` is `ground` with `own` on top. `twins[j]`: the index in `own` of what has become `over[j]`.
 * Steps of `own` before `again` are undone for good; the others are done again. */
export function rebase(
  ground: Node,
  doc: Node,
  own: readonly Own[],
  over: readonly Step[],
  again = 0,
  twins: readonly (number | undefined)[] = [],
): Rebased {
  const way = new Way(doc);
  const undoing = (i: number): number => own.length - 1 - i;
  for (const { inverted } of own.toReversed()) way.go(inverted);
  for (const step of remarked(way.doc, ground)) way.go(step);
  over.forEach((step, j) => {
    const twin = twins[j];
    way.theirs(step, twin === undefined ? undefined : undoing(twin));
  });
  const kept: Own[] = [];
  const fallen: Own[] = [];
  own.slice(again).forEach((mine, i) => {
    const redone = way.again(mine, undoing(again + i));
    if (redone) kept.push({ ...mine, ...redone, overrun: mine.overrun + redone.overrun });
    else fallen.push(mine);
  });
  return { doc: way.doc, steps: way.steps, mirrors: way.mirrors, own: kept, fallen };
}

export function applied(doc: Node, steps: readonly Step[]): Node {
  const way = new Way(doc);
  for (const step of steps) way.go(step);
  return way.doc;
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

/** What only inserts must not delete: at the edge of own words ProseMirror can carry the two ends of
 * a step to different places. */
function moved(step: Step, mapping: Mapping): Step | null {
  const mapped = step.map(mapping);
  if (!(step instanceof ReplaceStep && mapped instanceof ReplaceStep)) return mapped;
  if (step.from < step.to || mapped.from === mapped.to) return mapped;
  return new ReplaceStep(mapped.to, mapped.to, mapped.slice);
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

  again(mine: Own, undoing: number): Pick<Own, "step" | "inverted" | "overrun"> | null {
    const mapped = moved(mine.step, this.mapping.slice(undoing + 1));
    const before = this.doc;
    const after = mapped?.apply(before).doc;
    if (!mapped || !after) return null;
    const overrun = overrunBy(before, mapped, this.foreign) + overrunOwn(before, mapped, mine, this.foreign);
    this.put(mapped, after, undoing);
    return { step: mapped, inverted: mapped.invert(before), overrun };
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
