import assert from "node:assert/strict";
import { test } from "node:test";
import type { Deed } from "../live/messages.ts";
import { wishOf, type Act, type Case, type Wish, type Wording } from "./deeds.ts";
import { fitting, suggested } from "./fitting.ts";

const BASE: Wording = {
  number: 0,
  kind: "text",
  options: [],
  within: "",
  code: "",
  codes: [],
  asked: [],
  brackets: [],
  isBase: true,
  added: false,
  change: "",
};
const FREE = { ...BASE, number: 1, isBase: false, options: ["o21"], code: "NRT/80A1/14" };
const MEANS = { ...FREE, number: 2, options: ["o22"], code: "ISL/79A2/13", brackets: ["b1", "b2"] };
const ASKED = { ...FREE, number: 3, options: [], code: "VAL/70/2", asked: ["VAL/70/2"] };
const ADDED = { ...ASKED, number: -1, added: true, change: "c7" };
const WITHIN = { ...FREE, number: 4, options: [], within: "o4", code: "KES/75/4" };

const AT: Case = {
  provision: "p4",
  status: "open",
  moves: ["agreed_ad_ref", "agreed", "deferred"],
  placed: true,
  seen: { o4: 0, o21: 3, o22: 1 },
  package: null,
  chosen: [],
  picked: [],
  span: null,
  bracket: null,
  fork: null,
};
const EVERYTHING: ReadonlySet<string> = new Set(["fold", "take", "choose", "position", "agree"]);

function chosen(...wordings: readonly Wording[]): Case {
  return { ...AT, chosen: wordings };
}

function deedOf(wish: Wish): Deed {
  assert.ok("deed" in wish, JSON.stringify(wish));
  return wish.deed;
}

test("two wordings are folded into one text, under the versions that were seen", () => {
  assert.deepEqual(deedOf(wishOf("fold", chosen(FREE, MEANS))), {
    a: "options.fold",
    provision: "p4",
    options: ["o21", "o22"],
    how: "common",
    words: null,
    seen: AT.seen,
  });
});

test("options that say the same are one row, and folding stacks them", () => {
  const deed = deedOf(wishOf("fold", chosen({ ...FREE, options: ["o21", "o30"] })));
  assert.ok(deed.a === "options.fold" && deed.how === "stack");
});

test("what the draft does not have is taken up before it is folded", () => {
  assert.deepEqual(wishOf("fold", chosen(FREE, ASKED)), { why: "notInDraft" });
});

test("the chair's own wording is asked for, and then stands beside the others", () => {
  assert.deepEqual(wishOf("own", chosen(FREE)), { ask: "own" });
  const deed = deedOf(wishOf("own", chosen(FREE), { words: "to share;" }));
  assert.ok(deed.a === "options.fold" && deed.how === "free" && deed.words === "to share;");
});

test("several proposals are taken up as one act; an addition is named by its change", () => {
  const deed = deedOf(wishOf("take", chosen(ASKED, ADDED)));
  assert.ok(deed.a === "together");
  assert.deepEqual(
    deed.deeds.map((one) => (one.a === "proposal.take_up" ? [one.provision, one.change] : [])),
    [["p4", null], [null, "c7"]],
  );
  assert.deepEqual(wishOf("take", chosen(FREE)), { why: "allTaken" });
});

test("of a text that holds several wordings the reading of one is kept", () => {
  const deed = deedOf(wishOf("choose", chosen(WITHIN)));
  assert.ok(deed.a === "option.choose" && deed.option === "o4" && deed.reading === "KES/75/4");
  assert.deepEqual(wishOf("choose", chosen(FREE, MEANS)), { why: "chooseOne" });
});

test("an addition that has no provision yet is let go alone, not with all that its proposal asks", () => {
  for (const act of ["retain_not", "withdraw"] as const) {
    const deed = deedOf(wishOf(act, chosen(ADDED), { reason: "no" }));
    assert.ok(deed.a === "proposal.retain_not" || deed.a === "proposal.withdraw");
    assert.deepEqual([deed.provision, deed.change], [null, "c7"]);
  }
  const deed = deedOf(wishOf("retain_not", chosen(ASKED), { reason: "no" }));
  assert.ok(deed.a === "proposal.retain_not" && deed.provision === "p4" && deed.change === null);
  assert.deepEqual(wishOf("retain_not", chosen(), { reason: "no" }), { why: "chooseAsked" });
});

test("every bracket of the chosen wording is lifted as one act", () => {
  const deed = deedOf(wishOf("lift", chosen(MEANS)));
  assert.ok(deed.a === "together" && deed.deeds.length === 2);
  assert.deepEqual(wishOf("lift", chosen(FREE)), { why: "chooseBracketed" });
});

test("words that are selected are bracketed alone, at the version that was seen", () => {
  const at = { ...chosen(FREE), span: { option: "o21", start: 4, end: 9 } };
  const deed = deedOf(wishOf("bracket", at));
  assert.ok(deed.a === "bracket.pair");
  assert.deepEqual(deed.opens, { option: "o21", version: 3, pos: 4 });
  const whole = deedOf(wishOf("bracket", chosen(FREE)));
  assert.ok(whole.a === "bracket.around" && whole.first === "o21");
});

test("one bracket may be chosen: it alone is lifted, and a position is on it", () => {
  const at = { ...chosen(MEANS), bracket: "b2" };
  const deed = deedOf(wishOf("lift", at));
  assert.ok(deed.a === "bracket.lift" && deed.bracket === "b2");
  const told = deedOf(wishOf("position", at, { stance: "oppose" }));
  assert.ok(told.a === "position" && told.bracket === "b2" && told.option === null);
});

test("a status says from where; of many provisions together", () => {
  const deed = deedOf(wishOf("agree", AT));
  assert.ok(deed.a === "status" && deed.was === "open");
  const many = deedOf(wishOf("agree", { ...AT, picked: ["p4", "p9"] }));
  assert.ok(many.a === "together" && many.deeds.length === 2);
  assert.deepEqual(wishOf("reopen", AT), { why: "notNow" });
});

test("nobody reopens without saying why", () => {
  const closed = { ...AT, status: "agreed", moves: ["agreed_higher", "reopened"] };
  assert.deepEqual(wishOf("reopen", closed), { ask: "reason" });
  const deed = deedOf(wishOf("reopen", closed, { reason: "a word" }));
  assert.ok(deed.a === "status" && deed.reason === "a word" && deed.was === "agreed");
});

test("a position is on the option that is chosen, or on the provision", () => {
  const told = { stance: "support", words: "", delegation: "KES" };
  const on = deedOf(wishOf("position", chosen(MEANS), told));
  assert.ok(on.a === "position" && on.option === "o22");
  const whole = deedOf(wishOf("position", AT, { ...told, stance: "" }));
  assert.ok(whole.a === "position" && whole.option === null && whole.stance === null);
});

test("of several options that are chosen each gets the position, as one act", () => {
  const deed = deedOf(wishOf("position", chosen(FREE, MEANS), { stance: "oppose", delegation: "KES" }));
  assert.ok(deed.a === "together");
  assert.deepEqual(
    deed.deeds.map((one) => one.a === "position" && one.option),
    ["o21", "o22"],
  );
});

test("nobody's position on a wording that the draft has not lands on the provision unseen", () => {
  for (const one of [ASKED, WITHIN]) {
    assert.deepEqual(wishOf("position", chosen(FREE, one), null), { why: "thinkOfOption" });
  }
});

test("what is chosen suggests what to do with it", () => {
  const of = (at: Case): Act | null => suggested(at, EVERYTHING);
  assert.deepEqual(
    [AT, chosen(FREE), chosen(FREE, MEANS), chosen(ASKED), { ...AT, picked: ["p9"] }].map(of),
    [null, "choose", "fold", "take", "agree"],
  );
  assert.equal(suggested(chosen(FREE), new Set(["position"])), "position");
});

test("an alternative of a fork decides every bracket that holds it, as one act", () => {
  const one = { ...AT, fork: { keep: [["b1", "KES/75/4"]] } } as const;
  assert.deepEqual(deedOf(wishOf("decide", one)), {
    a: "bracket.decide",
    bracket: "b1",
    keep: "KES/75/4",
    seen: AT.seen,
  });
  const two = { ...AT, fork: { keep: [["b1", "base"], ["b2", false]] } } as const;
  const deed = deedOf(wishOf("decide", two));
  assert.ok(deed.a === "together" && deed.deeds.length === 2);
});

test("an alternative that no bracket holds says why it cannot be chosen", () => {
  assert.deepEqual(wishOf("decide", { ...AT, fork: { why: "forkWhole" } }), { why: "forkWhole" });
  assert.deepEqual(wishOf("decide", AT), { why: "chooseFork" });
});

test("what fits what is chosen comes first, and what makes no sense is not offered", () => {
  const may = new Set(["fold", "take", "choose", "decide", "position", "ref", "agree", "reopen", "both", "own"]);
  assert.deepEqual(fitting(AT, may), ["ref", "agree", "position"]);
  assert.deepEqual(fitting(chosen(FREE, MEANS), may), ["fold", "both", "own", "position"]);
  assert.equal(fitting(chosen(ASKED), may)[0], "take");
  assert.equal(fitting({ ...chosen(FREE), fork: { why: "forkWhole" } }, may)[0], "decide");
  assert.deepEqual(fitting({ ...AT, status: "agreed", moves: ["reopened"] }, may), ["reopen", "position"]);
});

test("words of a text that holds more than is shown are not bracketed at a guess", () => {
  assert.deepEqual(wishOf("bracket", { ...chosen(FREE), span: "vague" }), { why: "spanVague" });
});
