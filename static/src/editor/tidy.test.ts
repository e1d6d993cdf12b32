import assert from "node:assert/strict";
import { test } from "node:test";
import { asPending, proposer } from "./pending.ts";
import { notation, stateOf, text } from "./sample.ts";
import { tidy, withLetter } from "./tidy.ts";

const ACUTE = "\u0301";

function typed(before: string, at: number, words: string): { readonly words: string; readonly caret: number } {
  const state = stateOf(text(before), at, at);
  const tr = tidy(withLetter(state, state.tr.insertText(words)));
  return { words: tr.doc.textContent, caret: tr.selection.head };
}

test("an accent behind a letter that stands makes one letter of both", () => {
  assert.deepEqual(typed("cafe.", 5, ACUTE), { words: "café.", caret: 5 });
  assert.deepEqual(typed("cafe.", 5, `${ACUTE}s`), { words: "cafés.", caret: 6 });
  assert.deepEqual(typed("\u1ea1", 2, "\u0302"), { words: "\u1ead", caret: 2 });
});

test("what makes no letter stays as it was typed", () => {
  assert.equal(typed("cafe.", 6, ACUTE).words, `cafe.${ACUTE}`);
  assert.equal(typed("cafe.", 1, ACUTE).words, `${ACUTE}cafe.`);
  assert.equal(typed("cafe.", 5, "s").words, "cafes.");
  assert.equal(typed("e", 2, `x${ACUTE}`).words, `ex${ACUTE}`);
});

test("where one asks for changes the letter is struck, and the new one is asked for", () => {
  const state = stateOf(text("cafe."), 5, 5);
  const tr = withLetter(state, state.tr.insertText(ACUTE));
  const out = asPending(state, tr, proposer("KES", "mine"));
  assert.equal(notation(out.doc), "caf{-KES:e}{+KES:é}.");
});

test("the letter keeps its format", () => {
  const state = stateOf(text("{+ISL:e}"), 2, 2);
  const tr = withLetter(state, state.tr.insertText(ACUTE));
  assert.equal(notation(tr.doc), "{+ISL:é}");
});
