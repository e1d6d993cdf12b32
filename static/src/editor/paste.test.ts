import assert from "node:assert/strict";
import { test } from "node:test";
import { Fragment, Slice } from "prosemirror-model";
import { schema } from "../writing/schema.ts";
import { cleaned, cleanWords, plainSlice } from "./paste.ts";
import { notation, text } from "./sample.ts";

function ids(): () => string {
  let count = 0;
  return () => `n${count++}`;
}

function pasted(slice: Slice): string {
  const clean = cleaned(slice, ids());
  const first = clean.content.firstChild;
  const paragraphs = first?.isTextblock
    ? clean.content
    : Fragment.from(schema.node("paragraph", null, clean.content));
  const doc = schema.node("doc", null, paragraphs);
  doc.check();
  return notation(doc);
}

test("control characters, direction marks and lone surrogates do not come in", () => {
  assert.equal(cleanWords("a\u0000b\u202ec\ud800d\u2066e\ufefff"), "abcdef");
  assert.equal(cleanWords("e\u0301"), "é");
  assert.equal(cleanWords("می\u200cخواهم \u200f"), "می\u200cخواهم \u200f");
  assert.equal(cleanWords("one\ttwo"), "one two");
});

test("brackets in what is pasted become markers, paired from the inside out", () => {
  assert.equal(pasted(plainSlice(schema, "a [b [c] d] e]")), "a [n0|b [n1|c|n1] d|n0] e|n2]");
});

test("markers that are copied get ids of their own and stay a pair", () => {
  const doc = text("a [b1|b|b1] c");
  assert.equal(pasted(doc.slice(0, doc.content.size)), "a [n0|b|n0] c");
});

test("other people's requests, notes and footnotes stay where they were", () => {
  const nodes = [
    schema.text("a", [schema.mark("em"), schema.mark("insertion", { id: "x", source: "ISL" })]),
    schema.text("b", [schema.mark("note", { id: "n" })]),
    schema.node("footnote_ref", { id: "f" }),
  ];
  const clean = cleaned(new Slice(Fragment.from(nodes), 0, 0), ids());
  assert.deepEqual(
    clean.content.content.map((node) => [node.text, node.marks.map((mark) => mark.type.name)]),
    [["a", ["em"]], ["b", []]],
  );
});

test("a label typed before a paragraph becomes its label", () => {
  const doc = text("first\nb) second\n2 gauges\n(iii) third");
  assert.equal(
    pasted(new Slice(doc.content, 1, 1)),
    "first\nb)\tsecond\n2 gauges\n(iii)\tthird".replace("(iii)\t", "(iii)\t"),
  );
});

test("lines of plain text are paragraphs", () => {
  assert.equal(plainSlice(schema, "a\r\nb\n\nc").content.childCount, 3);
});
