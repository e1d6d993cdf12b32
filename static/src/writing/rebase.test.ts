import assert from "node:assert/strict";
import { test } from "node:test";
import { AddMarkStep, RemoveMarkStep, ReplaceStep, type Step } from "prosemirror-transform";
import type { Node } from "prosemirror-model";
import { remarked } from "./marks.ts";
import { applied, asOwn, rebase } from "./rebase.ts";
import { docFrom, schema } from "./schema.ts";
import { Chance } from "./trial/chance.ts";
import { deleted, inserted, words } from "./trial/table.ts";
import { paragraphs } from "./trial/trial.ts";

const text = (...lines: string[]): Node => docFrom(paragraphs(...lines));

test("own words keep their place among others'", () => {
  const ground = text("lamps");
  const [doc, own] = asOwn(ground, [inserted("old ", 1), inserted("!", 10)], "");
  const moved = rebase(ground, doc, own, [inserted("the ", 1)]);
  assert.equal(words(moved.doc), "the old lamps!");
});

test("a step without a place falls, and is told", () => {
  const ground = text("lamps");
  const [doc, own] = asOwn(ground, [inserted("x", 3)], "");
  const moved = rebase(ground, doc, own, [deleted(1, 6)]);
  assert.deepEqual([words(moved.doc), moved.own.length, moved.fallen], ["", 0, own]);
});

test("a mark that is undone does not take the same mark from words that had it", () => {
  const em = schema.mark("em");
  const ground = applied(text("lamps burn"), [new AddMarkStep(1, 6, em)]);
  const [doc, own] = asOwn(ground, [new AddMarkStep(1, 11, em)], "");
  const moved = rebase(ground, doc, own, [], own.length);
  assert.ok(moved.doc.eq(ground));
});

test("what only inserts never deletes, whatever the others did", () => {
  const chance = new Chance(7);
  for (let round = 0; round < 3_000; round++) {
    const ground = text("abcd");
    const [doc, own] = asOwn(ground, steps(ground, chance, 6), "");
    const moved = rebase(ground, doc, own, steps(ground, chance, 6));
    for (const mine of moved.own) {
      const before = own.find(({ step }) => sameSlice(mine.step, step));
      if (before && isInsertion(before.step)) assert.ok(isInsertion(mine.step), `round ${round}`);
    }
  }
});

test("undo, theirs, again: the steps lead from the old document to the new one", () => {
  const chance = new Chance(8);
  for (let round = 0; round < 1_000; round++) {
    const ground = text("abcdefgh", "ijklmnop");
    const [doc, own] = asOwn(ground, steps(ground, chance, 5), "");
    const theirs = steps(ground, chance, 5);
    const moved = rebase(ground, doc, own, theirs);
    assert.ok(applied(doc, moved.steps).eq(moved.doc));
    assert.ok(applied(applied(ground, theirs), moved.own.map(({ step }) => step)).eq(moved.doc));
    assert.equal(moved.own.length + moved.fallen.length, own.length);
  }
});

test("marks are put right without moving anything", () => {
  const chance = new Chance(9);
  for (let round = 0; round < 500; round++) {
    const [one, other] = [marked(chance), marked(chance)];
    assert.ok(applied(one, remarked(one, other)).eq(other));
  }
});

function marked(chance: Chance): Node {
  let doc = text("abcdefgh", "ijklmnop");
  for (let i = 0; i < 6; i++) {
    const [from, to] = range(doc, chance);
    const mark = chance.of([
      schema.mark("em"),
      schema.mark("sup"),
      schema.mark("sub"),
      schema.mark("insertion", { id: chance.of(["i1", "i2"]), source: "KES" }),
    ]);
    doc = applied(doc, [chance.happens(0.7) ? new AddMarkStep(from, to, mark) : new RemoveMarkStep(from, to, mark)]);
  }
  return doc;
}

function steps(ground: Node, chance: Chance, count: number): Step[] {
  const out: Step[] = [];
  let doc = ground;
  for (let i = 0; i < count; i++) {
    const [from, to] = range(doc, chance);
    const step = chance.of([
      inserted(String.fromCharCode(0x4e00 + chance.below(20_000)), from),
      deleted(from, to),
      new ReplaceStep(from, to, inserted(String.fromCharCode(0x4e00 + chance.below(20_000)), 1).slice),
      new AddMarkStep(from, to, schema.mark("em")),
    ]);
    doc = applied(doc, [step]);
    out.push(step);
  }
  return out;
}

/** A range inside one paragraph. */
function range(doc: Node, chance: Chance): [number, number] {
  const $from = doc.resolve(1 + chance.below(doc.content.size - 1));
  const from = $from.parent.inlineContent ? $from.pos : $from.pos - 1;
  return [from, Math.min(from + chance.below(4), doc.resolve(from).end())];
}

function isInsertion(step: Step): boolean {
  return step instanceof ReplaceStep && step.from === step.to;
}

function sameSlice(one: Step, other: Step): boolean {
  if (!(one instanceof ReplaceStep && other instanceof ReplaceStep)) return false;
  return one.slice.size > 0 && one.slice.eq(other.slice);
}
