import assert from "node:assert/strict";
import { test } from "node:test";
import { schema } from "../writing/schema.ts";
import {
  baseKey,
  baseRedline,
  changesIn, endOfWords,
  pendingRuns,
  positionOf,
  shortSource,
  withRedline,
  wordsOf,
  type RedPiece,
} from "./marks.ts";
import { stateOf, text } from "./sample.ts";
import { tidy } from "./tidy.ts";
import { EditorState } from "prosemirror-state";

const keep = (words: string): RedPiece => ({ op: "keep", words });
const ins = (words: string): RedPiece => ({ op: "ins", words });
const del = (words: string): RedPiece => ({ op: "del", words });

function drawn(notation: string, lines: readonly (readonly RedPiece[])[]): [number, number][] | null {
  const state = EditorState.create({ doc: text(notation), plugins: [baseRedline()] });
  const tr = withRedline(state, lines);
  const set = tr && baseKey.getState(state.apply(tr));
  return set ? set.find().map(({ from, to }): [number, number] => [from, to]) : null;
}

test("the page's redline is drawn at the same letters of the text", () => {
  assert.deepEqual(drawn("the new lamps", [[keep("the "), del("old"), ins("new"), keep(" lamps")]]), [
    [5, 5],
    [5, 8],
  ]);
});

test("brackets between the letters do not move the redline", () => {
  const lines = [[keep("ab"), ins("cd"), keep("e")]];
  assert.deepEqual(drawn("a[b1|b|b1]cde", lines), [[5, 7]]);
});

test("a line that only the base has is passed over", () => {
  assert.deepEqual(drawn("a\nb", [[keep("a")], [del("gone")], [ins("b")]]), [[4, 5]]);
});

test("a redline of other words is not drawn", () => {
  assert.equal(drawn("abc", [[keep("abd")]]), null);
  assert.equal(drawn("abc", [[keep("abc")], [keep("more")]]), null);
});

test("words are told without the brackets among them", () => {
  assert.equal(wordsOf(text("a[b1|b|b1]c")), "abc");
});

test("a place behind so many letters, with brackets before it", () => {
  const doc = text("a[b1|bc|b1]d\nef");
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((letter) => positionOf(doc, 0, letter)),
    [1, 2, 4, 5, 7],
  );
  assert.equal(positionOf(doc, 1, 1), 10);
});

test("one run of requests is signed once, and the caret finds those beside it", () => {
  const doc = text("a{+ISL:bc}{-NRT:d}e");
  assert.deepEqual(
    pendingRuns(doc).map(({ from, to }) => [from, to]),
    [
      [2, 4],
      [4, 5],
    ],
  );
  assert.deepEqual(changesIn(doc, 3, 3).map((mark) => mark.attrs["source"]), ["ISL"]);
  assert.deepEqual(changesIn(doc, 1, 6).map((mark) => mark.attrs["source"]), ["ISL", "NRT"]);
  assert.deepEqual(changesIn(text("abc"), 2, 2), []);
});

test("a siglum stands at the word, not behind the space", () => {
  const doc = text("a{+ISL:bc  }{-NRT: }e");
  assert.deepEqual(pendingRuns(doc).map(({ from, to }) => endOfWords(doc, from, to)), [4, 7]);
});

test("a source is short above a line", () => {
  assert.equal(shortSource("ISL/79A2/13"), "ISL");
  assert.equal(shortSource("B/CAN/CLM/USA/76/1"), "B/CAN/CLM/USA");
  assert.equal(shortSource("Chair"), "Chair");
});

test("what is typed is made fit, what others wrote is left alone", () => {
  const state = stateOf(schema.node("doc", null, [schema.node("paragraph", null, [schema.text("e\u0301x")])]));
  const tr = tidy(state.tr.insertText("e\u0301\u202e", 4));
  assert.equal(tr.doc.textContent, "e\u0301xé");
});
