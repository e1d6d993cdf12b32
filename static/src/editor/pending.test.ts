import assert from "node:assert/strict";
import { test } from "node:test";
import { Fragment, Slice } from "prosemirror-model";
import { type EditorState, TextSelection, type Transaction } from "prosemirror-state";
import { schema } from "../writing/schema.ts";
import { asPending, has, proposer, without, type Proposer } from "./pending.ts";
import { anyText, chance, notation, stateOf, text, type Chance } from "./sample.ts";

const KES = (): Proposer => proposer("KES", "mine");

/** The notation after `act` as KES's request; "^" in the notation is the selection. */
function after(before: string, act: (tr: Transaction) => Transaction): string {
  const [one = "", two, three] = before.split("^");
  const start = sizeOf(one);
  const doc = text(before.replaceAll("^", ""));
  const state = stateOf(doc, start, three === undefined ? start : start + sizeOf(two ?? "") - 1);
  const out = asPending(state, act(state.tr), KES());
  out.doc.check();
  return notation(out.doc);
}

/** The position at the end of a piece of plain notation. */
function sizeOf(piece: string): number {
  return piece.replaceAll(/\{..{3}:|\}/g, "").replaceAll("\n", "nn").length + 1;
}

test("typing asks for an insertion", () => {
  assert.equal(
    after("all^ gauges", (tr) => tr.insertText(" the")),
    "all{+KES: the} gauges",
  );
});

test("deleting base text strikes it", () => {
  assert.equal(
    after("the ^old^ gauges", (tr) => tr.deleteSelection()),
    "the {-KES:old} gauges",
  );
});

test("what is put in the place of words stands behind them, struck", () => {
  assert.equal(
    after("the ^old^ gauges", (tr) => tr.insertText("new")),
    "the {-KES:old}{+KES:new} gauges",
  );
});

test("one's own pending words are really deleted", () => {
  assert.equal(
    after("a {+KES:b^c^d} e", (tr) => tr.deleteSelection()),
    "a {+KES:bd} e",
  );
});

test("another's pending words are struck, and remain theirs", () => {
  assert.equal(
    after("a ^{+ISL:bc}^ d", (tr) => tr.deleteSelection()),
    "a {+ISL-KES:bc} d",
  );
});

test("two may strike the same words", () => {
  assert.equal(
    after("a ^{-NRT:bc}^ d", (tr) => tr.deleteSelection()),
    "a {-NRT-KES:bc} d",
  );
});

test("a deletion over two paragraphs strikes the words and keeps the paragraphs", () => {
  assert.equal(
    after("one ^two\nthree^ four", (tr) => tr.deleteSelection()),
    "one {-KES:two}\n{-KES:three} four",
  );
});

test("a new paragraph cannot be asked for, its words can", () => {
  assert.equal(
    after("one^ two", (tr) => tr.split(tr.selection.from)),
    "one two",
  );
  const both = text("x\ny").slice(1, 5);
  assert.equal(
    after("one^ two", (tr) => tr.replaceSelection(both)),
    "one{+KES:x y} two",
  );
});

test("a format changes on one's own pending words alone", () => {
  const state = stateOf(text("ab{+KES:cd}"));
  const out = asPending(state, state.tr.addMark(1, 5, schema.mark("em")), KES());
  assert.deepEqual(
    out.doc.firstChild?.children.map((node) => node.marks.map((mark) => mark.type.name)),
    [[], ["em", "insertion"]],
  );
});

test("a label or a level is not a delegation's to change", () => {
  const state = stateOf(text("a)\tb"));
  const out = asPending(state, state.tr.setNodeAttribute(0, "label", "c)"), KES());
  assert.equal(out.docChanged, false);
});

test("typing on continues the same change, and so does striking on", () => {
  const who = KES();
  let state = stateOf(text("abcdef"), 7);
  state = typed(typed(state, who, "x"), who, "y");
  for (let press = 0; press < 3; press++) state = backspaced(state, who);
  state = backspaced(state, who);
  assert.equal(notation(state.doc), "abcd{-KES:ef}");
  assert.equal(state.selection.head, 5);
  assert.deepEqual(ids(state), ["mine-1"]);
});

test("words typed before those just struck go behind them", () => {
  const who = KES();
  let state = stateOf(text("the old gauges"), 8);
  for (let press = 0; press < 3; press++) state = backspaced(state, who);
  for (const letter of "new") state = typed(state, who, letter);
  assert.equal(notation(state.doc), "the {-KES:old}{+KES:new} gauges");
});

test("a letter deleted forwards leaves the caret behind it", () => {
  const state = stateOf(text("abc"), 1);
  const out = state.apply(asPending(state, state.tr.delete(1, 2), KES()));
  assert.equal(out.selection.head, 2);
});

test("an input method that writes its word anew writes one change", () => {
  const who = KES();
  let state = stateOf(text("ab"), 2);
  for (const [from, to, word] of [[2, 2, "n"], [2, 3, "ni"], [2, 4, "你"]] as const) {
    state = state.apply(asPending(state, state.tr.insertText(word, from, to), who, true));
  }
  assert.equal(notation(state.doc), "a{+KES:你}b");
  assert.deepEqual(ids(state), ["mine-0"]);
});

test("two places in one transaction are asked for each by itself", () => {
  assert.equal(
    after("a ^b^ c", (tr) => {
      const { from, to } = tr.selection;
      return tr
        .insert(to, schema.node("bracket_close", { id: "b1" }))
        .insert(from, schema.node("bracket_open", { id: "b1" }));
    }),
    "a {+KES:[b1|}b{+KES:|b1]} c",
  );
});

test("ids of two windows never meet", () => {
  const [one, other] = [proposer("KES", "w1"), proposer("KES", "w2")];
  const ids = [one.newId(), one.newId(), other.newId()];
  assert.equal(new Set(ids).size, 3);
  assert.ok(!one.isMine(ids[2] ?? ""));
});

test("law: the text without one's own changes is the same before and after", () => {
  for (let seed = 0; seed < 3000; seed++) {
    const lot = chance(seed);
    const who = KES();
    let state = stateOf(anyText(lot));
    for (let round = 0; round < 4; round++) {
      const before = without(state.doc, "KES");
      const tr = anyTransaction(lot, state);
      const next = state.apply(asPending(state, tr, who, lot.below(2) === 0));
      next.doc.check();
      const now = without(next.doc, "KES");
      assert.deepEqual(now.toJSON(), before.toJSON(), `seed ${seed}, round ${round}`);
      state = next;
    }
  }
});

test("law: once one's own changes are accepted, the words are those that were meant", () => {
  for (let seed = 0; seed < 3000; seed++) {
    const lot = chance(seed);
    const state = stateOf(anyText(lot));
    const $at = state.doc.resolve(1 + lot.below(Math.max(1, state.doc.content.size - 1)));
    if (!$at.parent.inlineContent) continue;
    const to = $at.pos + lot.below($at.end() - $at.pos + 1);
    const words = lot.of(["", "x", "two words"]);
    const out = asPending(state, state.tr.insertText(words, $at.pos, to), KES());
    const meant = accepted(state.doc.cut(0, $at.pos)) + words + accepted(state.doc.cut(to));
    assert.equal(accepted(out.doc), meant, `seed ${seed}`);
  }
});

/** The words once KES's changes are accepted. */
function accepted(doc: EditorState["doc"]): string {
  const words: string[] = [];
  doc.descendants((node) => {
    if (node.isInline && !has(node, "deletion", "KES")) words.push(node.text ?? "#");
  });
  return words.join("");
}

function anyTransaction(lot: Chance, state: EditorState): Transaction {
  const { tr } = state;
  for (let step = 0; step <= lot.below(2); step++) {
    const from = inText(lot, tr);
    const to = inText(lot, tr);
    const [low, high] = from < to ? [from, to] : [to, from];
    tr.setSelection(TextSelection.create(tr.doc, low, high));
    anyStep(lot, tr, low, high);
  }
  return tr;
}

function inText(lot: Chance, tr: Transaction): number {
  for (;;) {
    const at = lot.below(tr.doc.content.size + 1);
    if (tr.doc.resolve(at).parent.inlineContent) return at;
  }
}

function anyStep(lot: Chance, tr: Transaction, low: number, high: number): void {
  const other = Slice.maxOpen(Fragment.from(anyText(lot).content));
  const acts: Array<() => unknown> = [
    () => tr.insertText(lot.of(["x", "word ", "海"]), low),
    () => tr.insertText("new", low, high),
    () => tr.delete(low, high),
    () => tr.split(low),
    () => tr.replaceSelection(other),
    () => tr.addMark(low, high, schema.mark(lot.of(["em", "strong"]))),
    () => tr.removeMark(low, high, schema.marks["em"]),
    () => tr.removeMark(low, high, schema.marks["insertion"]),
    () => tr.setNodeAttribute(0, "label", "z)"),
    () => tr.insert(low, schema.node("bracket_open", { id: "n" })),
  ];
  lot.of(acts)();
}

function typed(state: EditorState, who: Proposer, letter: string): EditorState {
  return state.apply(asPending(state, state.tr.insertText(letter), who));
}

function backspaced(state: EditorState, who: Proposer): EditorState {
  const { head } = state.selection;
  return state.apply(asPending(state, state.tr.delete(head - 1, head), who));
}

function ids(state: EditorState): string[] {
  const found: string[] = [];
  state.doc.descendants((node) => {
    for (const mark of node.marks) found.push(String(mark.attrs["id"]));
  });
  return [...new Set(found)];
}
