import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command, EditorState } from "prosemirror-state";
import {
  bracketAt,
  closeBracket,
  liftBracket,
  openBracket,
  setKind,
  type Surroundings,
} from "./brackets.ts";
import { asPending, proposer } from "./pending.ts";
import { notation, stateOf, text } from "./sample.ts";

function around(before: string | null = null): Surroundings {
  let count = 0;
  return {
    newId: () => `n${count++}`,
    openBefore: () => before,
    standsElsewhere: () => false,
    light: () => undefined,
  };
}

function done(state: EditorState, command: Command): EditorState {
  let next = state;
  command(state, (tr) => {
    next = state.apply(tr);
  });
  next.doc.check();
  return next;
}

test("an opening bracket is a marker and stays unpaired until it is closed", () => {
  const here = around();
  let state = done(stateOf(text("abcd"), 2), openBracket(here));
  assert.equal(notation(state.doc), "a[n0|bcd");
  state = stateOf(state.doc, 5);
  assert.equal(notation(done(state, closeBracket(here)).doc), "a[n0|bc|n0]d");
});

test("a closing bracket takes the nearest open one before it", () => {
  const state = stateOf(text("[b1|a[b2|bc"), 5);
  assert.equal(notation(done(state, closeBracket(around())).doc), "[b1|a[b2|b|b2]c");
});

test("a closing bracket ends one that opened in another provision", () => {
  const state = stateOf(text("abc"), 3);
  assert.equal(notation(done(state, closeBracket(around("b9"))).doc), "ab|b9]c");
});

test("a closing bracket with nothing to close stands alone", () => {
  const state = stateOf(text("abc"), 3);
  assert.equal(notation(done(state, closeBracket(around())).doc), "ab|n0]c");
});

test("a selection is put between brackets and stays selected", () => {
  const state = done(stateOf(text("abcd"), 2, 4), openBracket(around()));
  assert.equal(notation(state.doc), "a[n0|bc|n0]d");
  assert.equal(state.doc.textBetween(state.selection.from, state.selection.to), "bc");
});

test("brackets around a whole item take its label in", () => {
  const state = done(stateOf(text("a)\tabcd"), 1, 5), openBracket(around()));
  assert.equal(state.doc.firstChild?.firstChild?.attrs["before_label"], true);
});

test("brackets go over paragraphs", () => {
  const state = done(stateOf(text("ab\ncd"), 2, 6), openBracket(around()));
  assert.equal(notation(state.doc), "a[n0|b\nc|n0]d");
});

test("taking one of a pair away leaves the other", () => {
  const state = stateOf(text("a[b1|b|b1]c"));
  assert.equal(notation(state.apply(state.tr.delete(2, 3)).doc), "ab|b1]c");
});

test("lifting takes both away", () => {
  const state = stateOf(text("a[b1|b|b1]c"), 3);
  assert.equal(bracketAt(state)?.id, "b1");
  assert.equal(notation(done(state, liftBracket).doc), "abc");
});

test("the kind of a bracket changes from either end", () => {
  const state = done(stateOf(text("a[b1|b|b1]c"), 5), setKind("placeholder"));
  assert.equal(state.doc.nodeAt(2)?.attrs["kind"], "placeholder");
  assert.equal(state.selection.head, 5);
});

test("a delegation's brackets are asked for like its words", () => {
  const state = stateOf(text("abcd"), 2, 4);
  let out = state;
  openBracket(around())(state, (tr) => {
    out = state.apply(asPending(state, tr, proposer("KES", "mine")));
  });
  assert.equal(notation(out.doc), "a{+KES:[n0|}bc{+KES:|n0]}d");
});
