import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command, EditorState } from "prosemirror-state";
import { schema } from "../writing/schema.ts";
import { atVeryStart, hasFormat, joinBefore, newItem, shiftLevel, toggleFormat } from "./commands.ts";
import { notation, stateOf, text } from "./sample.ts";

const SERVER_TAKES = new Set(["replace", "addMark", "removeMark", "attr"]);

function done(state: EditorState, command: Command): EditorState {
  let next = state;
  command(state, (tr) => {
    for (const step of tr.steps) assert.ok(SERVER_TAKES.has(String(step.toJSON()["stepType"])));
    next = state.apply(tr);
  });
  next.doc.check();
  return next;
}

test("enter makes the next item, and the labels below follow", () => {
  const state = done(stateOf(text("a)\tone two\nb)\tthree\nc)\tfour"), 4), newItem);
  assert.equal(notation(state.doc), "a)\tone\nb)\t two\nc)\tthree\nd)\tfour");
});

test("enter in a line without a label makes another without", () => {
  assert.equal(notation(done(stateOf(text("one"), 4), newItem).doc), "one\n");
});

test("backspace at the start of an item joins it, and the labels below follow", () => {
  const state = done(stateOf(text("a)\tone\nb)\ttwo\nc)\tthree"), 6), joinBefore);
  assert.equal(notation(state.doc), "a)\tonetwo\nb)\tthree");
  assert.equal(state.selection.head, 4);
});

test("backspace at the very start is for the provision before", () => {
  const state = stateOf(text("a)\tone"), 1);
  assert.equal(joinBefore(state), false);
  assert.ok(atVeryStart(state));
});

test("tab takes an item one level in, under the first roman figure", () => {
  const state = done(stateOf(text("a)\tone\nb)\ttwo"), 8), shiftLevel(1));
  assert.deepEqual({ ...state.doc.child(1).attrs }, { label: "i)", level: 2 });
  const back = done(state, shiftLevel(-1));
  assert.deepEqual({ ...back.doc.child(1).attrs }, { label: "b)", level: 1 });
});

test("a format lies on the words and never on a marker", () => {
  const state = done(stateOf(text("a[b1|b|b1]c"), 1, 6), toggleFormat("strong"));
  const marked: string[] = [];
  state.doc.descendants((node) => {
    if (node.isInline && node.marks.length > 0) marked.push(node.type.name);
  });
  assert.deepEqual([...new Set(marked)], ["text"]);
  assert.ok(hasFormat(state, "strong"));
  assert.equal(hasFormat(done(state, toggleFormat("strong")), "strong"), false);
});

test("a superscript is no subscript", () => {
  const up = done(stateOf(text("ab"), 1, 3), toggleFormat("sup"));
  const down = done(up, toggleFormat("sub"));
  assert.deepEqual(down.doc.firstChild?.firstChild?.marks, [schema.mark("sub")]);
});
