// What keys and buttons do to the text of an option.
//
// - Only steps that the server takes: replace, marks, and a paragraph's label and level.
// - Formats lie on words alone, never on markers.
// - Where only requests may be written, the structure stands: these commands then do nothing, and
//   the caller says why.

import type { MarkType, Node } from "prosemirror-model";
import { TextSelection, type Command, type EditorState, type Transaction } from "prosemirror-state";
import { canJoin } from "prosemirror-transform";
import { firstLabel, nextLabel } from "./labels.ts";

/** Puts a format on the selected words, or takes it off where all have it. */
export function toggleFormat(name: string): Command {
  return (state, dispatch) => {
    const type = state.schema.marks[name];
    if (!type) return false;
    if (!dispatch) return true;
    const { empty, from, to } = state.selection;
    if (empty) dispatch(toggleStored(state, type));
    else dispatch(toggleOn(state.tr, type, from, to));
    return true;
  };
}

function toggleStored(state: EditorState, type: MarkType): Transaction {
  const marks = state.storedMarks ?? state.selection.$from.marks();
  return type.isInSet(marks)
    ? state.tr.removeStoredMark(type)
    : state.tr.addStoredMark(type.create());
}

function toggleOn(tr: Transaction, type: MarkType, from: number, to: number): Transaction {
  const parts = wordsBetween(tr.doc, from, to);
  const everywhere = parts.every((part) => type.isInSet(part.node.marks));
  for (const part of parts) {
    if (everywhere) tr.removeMark(part.from, part.to, type);
    else tr.addMark(part.from, part.to, type.create());
  }
  return tr;
}

function wordsBetween(doc: Node, from: number, to: number): { node: Node; from: number; to: number }[] {
  const found: { node: Node; from: number; to: number }[] = [];
  doc.nodesBetween(from, to, (node, pos) => {
    if (!node.isText) return;
    found.push({ node, from: Math.max(from, pos), to: Math.min(to, pos + node.nodeSize) });
  });
  return found;
}

/** Whether the format is on at the selection, for a button that shows it. */
export function hasFormat(state: EditorState, name: string): boolean {
  const type = state.schema.marks[name];
  if (!type) return false;
  const { empty, from, to, $from } = state.selection;
  if (empty) return Boolean(type.isInSet(state.storedMarks ?? $from.marks()));
  const parts = wordsBetween(state.doc, from, to);
  return parts.length > 0 && parts.every((part) => type.isInSet(part.node.marks));
}

// --- Lines --------------------------------------------------------------------------------------

/** The next item in the same option, under the label that follows. */
export const newItem: Command = (state, dispatch) => {
  if (!dispatch) return true;
  const tr = state.tr.deleteSelection();
  const $at = tr.selection.$from;
  const { label, level } = $at.parent.attrs;
  tr.split($at.pos);
  relabel(tr, $at.pos + 1, typeof label === "string" ? label : null, Number(level));
  dispatch(tr.scrollIntoView());
  return true;
};

/** Gives the lines from `pos` on the labels that follow, as long as they are one list. */
function relabel(tr: Transaction, pos: number, before: string | null, level: number): void {
  const roman = isRoman(tr.doc, pos, level);
  let label = nextLabel(before, roman);
  for (let at = pos; at < tr.doc.content.size; ) {
    const line = tr.doc.nodeAt(at);
    if (!line || Number(line.attrs["level"]) < level) return;
    const next = at + line.nodeSize;
    if (Number(line.attrs["level"]) === level) {
      if (at !== pos && line.attrs["label"] === null) return;
      if (line.attrs["label"] !== label) tr.setNodeAttribute(at, "label", label);
      label = nextLabel(label, roman);
    }
    at = next;
  }
}

/** Whether the list that a line belongs to counts in roman figures: it begins with "i)". */
function isRoman(doc: Node, pos: number, level: number): boolean {
  let first = "";
  doc.forEach((line, at) => {
    if (at >= pos) return;
    if (Number(line.attrs["level"]) < level) first = "";
    else if (Number(line.attrs["level"]) === level) first ||= String(line.attrs["label"] ?? "");
  });
  return /^\(?i\)/u.test(first);
}

/** One level in or out. The line gets the label its new place asks for. */
export function shiftLevel(step: 1 | -1): Command {
  return (state, dispatch) => {
    const { $from } = state.selection;
    const level = Number($from.parent.attrs["level"]) + step;
    if (level < 1 || level > 3) return false;
    if (!dispatch) return true;
    const pos = $from.before();
    const { tr } = state;
    tr.setNodeAttribute(pos, "level", level);
    tr.setNodeAttribute(pos, "label", labelAt(tr.doc, pos, level));
    dispatch(tr);
    return true;
  };
}

function labelAt(doc: Node, pos: number, level: number): string | null {
  let sibling: string | null | undefined;
  let above: string | null = null;
  doc.forEach((line, at) => {
    if (at >= pos) return;
    const label: unknown = line.attrs["label"];
    const words = typeof label === "string" ? label : null;
    if (Number(line.attrs["level"]) < level) {
      sibling = undefined;
      above = words;
    } else if (Number(line.attrs["level"]) === level) sibling = words;
  });
  if (sibling !== undefined) return nextLabel(sibling, isRoman(doc, pos, level));
  return firstLabel(level, above);
}

/** At the start of a line of the option: joins it to the one before. */
export const joinBefore: Command = (state, dispatch) => {
  const { $head, empty } = state.selection;
  if (!empty || $head.parentOffset > 0) return false;
  const before = $head.before();
  if (before === 0 || !canJoin(state.doc, before)) return false;
  if (dispatch) {
    const { tr } = state;
    const label: unknown = state.doc.resolve(before).nodeBefore?.attrs["label"];
    const level = Number(state.doc.resolve(before).nodeBefore?.attrs["level"]);
    tr.join(before);
    tr.setSelection(TextSelection.create(tr.doc, before - 1));
    const next = tr.doc.resolve(before - 1).after();
    if (typeof label === "string") relabel(tr, next, label, level);
    dispatch(tr.scrollIntoView());
  }
  return true;
};

/** Whether the caret is at the very beginning, where joining means the provision before. */
export function atVeryStart(state: EditorState): boolean {
  const { $head, empty } = state.selection;
  return empty && $head.parentOffset === 0 && $head.before() === 0;
}
