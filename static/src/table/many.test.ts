import assert from "node:assert/strict";
import { test } from "node:test";
import type { Case, Single, Told, Wording } from "./deeds.ts";
import { wishOfMany, type Far, type FarCase } from "./many.ts";

const FAR: Far = { kind: "text", options: [], within: "", codes: [], asked: [], brackets: [], isBase: false };
const STANDS: Far = { ...FAR, options: ["o1"], isBase: true };
const NRT: Far = { ...FAR, options: ["o2"], codes: ["NRT/80A1/14", "KES/75/4"] };
const VAL: Far = { ...FAR, codes: ["VAL/70/2"], asked: ["VAL/70/2"] };

function far(provision: string, ...wordings: readonly Far[]): FarCase {
  return { provision, status: "open", moves: ["agreed"], placed: true, seen: { o1: 0, o2: 3 }, wordings };
}

const AT: Case = {
  provision: "p4",
  status: "open",
  moves: [],
  placed: true,
  seen: {},
  package: null,
  chosen: [],
  picked: ["p5", "p6"],
  span: null,
  bracket: null,
  fork: null,
};
const CHOSEN: Wording = { ...NRT, number: 1, code: "KES/75/4", codes: ["KES/75/4"], added: false, change: "" };

function deeds(wish: ReturnType<typeof wishOfMany>): readonly Single[] {
  assert.ok("deed" in wish && wish.deed.a !== "undo", JSON.stringify(wish));
  return wish.deed.a === "together" ? (wish.deed.deeds as readonly Single[]) : [wish.deed];
}

test("what is asked for and nobody took up is taken up in all, under the versions that were told", () => {
  const wish = wishOfMany("take", AT, [far("p5", STANDS, VAL), far("p6", STANDS, VAL), far("p7", STANDS)]);
  assert.deepEqual(
    deeds(wish).map((one) => (one.a === "proposal.take_up" ? [one.code, one.provision, one.seen] : [])),
    [["VAL/70/2", "p5", { o1: 0, o2: 3 }], ["VAL/70/2", "p6", { o1: 0, o2: 3 }]],
  );
  assert.equal(wish.left, 1);
});

test("whose wording is kept is who is chosen in sight; where they say nothing, nothing is done", () => {
  const at = { ...AT, chosen: [CHOSEN] };
  const wish = wishOfMany("choose", at, [far("p5", STANDS, NRT), far("p6", STANDS, VAL)]);
  assert.deepEqual(deeds(wish), [
    { a: "option.choose", option: "o2", reading: null, seen: { o1: 0, o2: 3 } },
  ]);
  assert.equal(wish.left, 1);
});

test("the base chosen in sight is the base in all", () => {
  const at = { ...AT, chosen: [{ ...CHOSEN, code: "", codes: [], isBase: true }] };
  const told = deeds(wishOfMany("choose", at, [far("p5", STANDS, NRT), far("p6", STANDS, VAL)]));
  assert.deepEqual(told.map((one) => (one.a === "option.choose" ? one.option : "")), ["o1", "o1"]);
});

test("an act that needs somebody's wording says so where none is chosen", () => {
  assert.deepEqual(wishOfMany("choose", AT, [far("p5", STANDS, NRT)]), { why: "chooseWhose" });
  assert.deepEqual(wishOfMany("withdraw", AT, [far("p5", NRT)]), { why: "chooseWhose" });
});

test("of equal wordings only the proposal that is meant is let go, for the one reason", () => {
  const at = { ...AT, chosen: [{ ...CHOSEN, options: [] }] };
  assert.deepEqual(wishOfMany("retain_not", at, [far("p5", NRT)]), { ask: "reason" });
  const told: Told = { reason: "late" };
  const [first] = deeds(wishOfMany("retain_not", at, [far("p5", NRT)], told));
  assert.deepEqual(first, {
    a: "proposal.retain_not",
    code: "KES/75/4",
    provision: "p5",
    change: null,
    rationale: "late",
  });
});

test("all go where the place of the one in sight goes", () => {
  const wish = wishOfMany("placed", { ...AT, placed: false }, [far("p5"), far("p6")]);
  assert.deepEqual(deeds(wish).map((one) => (one.a === "placed" ? one.placed : null)), [true, true]);
});

test("more than an act can hold is refused whole, and where nothing can be done it says why", () => {
  const many = Array.from({ length: 201 }, (_, n) => far(`p${n + 1}`, STANDS, VAL));
  assert.deepEqual(wishOfMany("take", AT, many), { why: "tooMany" });
  assert.ok("why" in wishOfMany("lift", AT, [far("p5", STANDS)]));
});
