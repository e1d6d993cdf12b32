import assert from "node:assert/strict";
import { test } from "node:test";
import { closeHistory, history, redo, undo } from "prosemirror-history";
import { EditorState, TextSelection } from "prosemirror-state";
import type { OptionHandle } from "./contract.ts";
import { isRemote, preserving, receive } from "./transaction.ts";
import { inserted, deleted, ME, Table, words } from "./trial/table.ts";

async function editor(): Promise<{ table: Table; handle: OptionHandle; view: Editor }> {
  const table = new Table();
  table.welcome();
  const handle = await table.open();
  return { table, handle, view: new Editor(handle) };
}

/** What an editor does, without a screen. */
class Editor {
  state: EditorState;
  private readonly handle: OptionHandle;

  constructor(handle: OptionHandle) {
    this.handle = handle;
    this.state = EditorState.create({ doc: handle.doc, plugins: [history({ newGroupDelay: 0 }), preserving] });
    handle.onRemote((remote) => this.dispatch(receive(this.state, remote)));
  }

  dispatch(tr: ReturnType<typeof receive>): void {
    this.state = this.state.apply(tr);
    if (tr.docChanged && !isRemote(tr)) this.handle.change(tr.steps, "");
    assert.ok(this.state.doc.eq(this.handle.doc));
  }

  type(words: string, at: number): void {
    [...words].forEach((letter, i) => this.dispatch(closeHistory(this.state.tr.insertText(letter, at + i))));
  }

  undo(times = 1): void {
    for (let i = 0; i < times; i++) undo(this.state, (tr) => this.dispatch(tr));
  }

  redo(times = 1): void {
    for (let i = 0; i < times; i++) redo(this.state, (tr) => this.dispatch(tr));
  }
}

test("undo takes back one's own words only, whatever has come since", async () => {
  const { table, handle, view } = await editor();
  view.type("abc", 1);
  table.theirs(inserted("XY", 1), inserted("!", 8));
  assert.equal(words(handle.doc), "XYabclamps!");
  view.undo(3);
  assert.equal(words(handle.doc), "XYlamps!");
  view.redo(3);
  assert.equal(words(handle.doc), "XYabclamps!");
});

test("undo finds own words that travelled as one step and are confirmed", async () => {
  const { table, handle, view } = await editor();
  view.type("abc", 1);
  await table.rest();
  assert.equal(table.sent.items.length, 1);
  table.hear(table.takes(table.sent).event);
  table.theirs(inserted("XY", 1));
  view.undo(2);
  assert.equal(words(handle.doc), "XYalamps");
  await table.rest();
  table.hear(table.takes(table.sent).event);
  assert.equal(handle.standing, "settled");
});

test("undo leaves alone what somebody else has deleted", async () => {
  const { table, handle, view } = await editor();
  view.type("abc", 1);
  await table.rest();
  table.hear(table.takes(table.sent).event);
  table.theirs(deleted(1, 4));
  view.undo(3);
  assert.equal(words(handle.doc), "lamps");
});

test("what comes at the caret comes after it, and is not in the history", async () => {
  const { table, view } = await editor();
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, 3)));
  table.theirs(inserted("XY", 3));
  assert.equal(view.state.selection.head, 3);
  assert.equal(undo(view.state), false);
});

test("what is refused goes out of the text and out of the history", async () => {
  const { table, handle, view } = await editor();
  view.type("abc", 1);
  await table.rest();
  table.hear({ t: "refused", mid: table.sent.mid, code: "locked", reason: "" });
  view.undo();
  assert.equal(words(handle.doc), "lamps");
});

test("while an input method composes nothing comes; then all of it, in order", async () => {
  const { table, handle, view } = await editor();
  handle.pause(true);
  view.type("ni", 1);
  table.theirs(inserted("A", 6));
  table.theirs(inserted("B", 7));
  assert.equal(words(handle.doc), "nilamps");
  await table.rest();
  table.hear(table.event(ME, table.sent.mid, [inserted("ni", 1)], [table.sent.items[0]?.key ?? ""]));
  handle.pause(false);
  assert.equal(words(handle.doc), "nilampsAB");
  assert.equal(handle.standing, "settled");
});
