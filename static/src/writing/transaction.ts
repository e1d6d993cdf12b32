// What comes, as a transaction of the editor's state.
//
// - It is not added to the history, which rebases its own steps by `rebased`, as prosemirror-collab
//   has taught it; `preserving` keeps the history from joining steps that are confirmed one by one.

import { Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from "prosemirror-state";
import type { Mapping } from "prosemirror-transform";
import type { Remote } from "./contract.ts";

const key = new PluginKey("preserving");

/** Beside `history()` in the plugins of every state that one writes in. */
export const preserving: Plugin = new Plugin({ key, historyPreserveItems: true });

/** The transaction that brings the state to `handle.doc`. Its selection stays before what is
 * inserted at the caret. Do not give its steps to `handle.change`: `isRemote` tells. */
export function receive(state: EditorState, remote: Remote): Transaction {
  const tr = state.tr;
  for (const step of remote.steps) tr.step(step);
  for (const [done, undoing] of remote.mirrors) mirror(tr.mapping, done, undoing);
  const { selection } = state;
  if (selection instanceof TextSelection) {
    const anchor = tr.doc.resolve(tr.mapping.map(selection.anchor, -1));
    const head = tr.doc.resolve(tr.mapping.map(selection.head, -1));
    tr.setSelection(TextSelection.between(anchor, head, -1));
  }
  return tr.setMeta("rebased", remote.undone).setMeta("addToHistory", false).setMeta(key, true);
}

export function isRemote(tr: Transaction): boolean {
  return tr.getMeta(key) === true;
}

/** ProseMirror's own types leave this method out; its collab module calls it too. */
function mirror(mapping: Mapping, one: number, other: number): void {
  (mapping as Mapping & { setMirror(one: number, other: number): void }).setMirror(one, other);
}
