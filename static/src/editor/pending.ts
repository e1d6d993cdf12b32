// Our own tracked changes: what one writes becomes a request under one's name.
//
// - The law: the text without the changes of one's own source is the same before and after.
// - New words carry `insertion{id, source}`; words that stand are struck by `deletion{id, source}`.
//   One's own pending words are really deleted; another's are struck like any others.
// - Paragraphs carry no marks, so what would make, join or relabel one changes nothing here.
// - A struck word stands before the one put in its place. Typing on continues the same change.
// - An id is `<prefix>-<count>`; the prefix belongs to one window of one client.

import { Fragment, type Mark, type Node } from "prosemirror-model";
import { TextSelection, type EditorState, type Transaction } from "prosemirror-state";
import { AddMarkStep, Mapping, RemoveMarkStep, type Step } from "prosemirror-transform";

export type Kind = "insertion" | "deletion";

/** Whose changes are written, and where their ids come from. */
export interface Proposer {
  readonly source: string;
  newId(): string;
  /** Whether this window gave the id, and may continue the change. */
  isMine(id: string): boolean;
}

/** Changes of `source`, with ids that begin with `prefix`. */
export function proposer(source: string, prefix: string): Proposer {
  let count = 0;
  return {
    source,
    newId: () => `${prefix}-${(count++).toString(36)}`,
    isMine: (id) => id.startsWith(`${prefix}-`),
  };
}

interface Change {
  readonly from: number;
  readonly to: number;
  readonly content: Fragment;
}

export function isOf(mark: Mark, kind: Kind, source: string): boolean {
  return mark.type.name === kind && mark.attrs["source"] === source;
}

export function has(node: Node | null, kind: Kind, source: string): boolean {
  return node?.marks.some((mark) => isOf(mark, kind, source)) ?? false;
}

/** The transaction that asks for what `tr` would do. It may have no steps. */
export function asPending(
  state: EditorState,
  tr: Transaction,
  who: Proposer,
  composing = false,
): Transaction {
  const out = state.tr;
  const made: Made = {};
  const changes = changesOf(tr);
  for (const change of [...changes].reverse()) propose(out, change, who, made, composing);
  if (changes.length === 0) tr.steps.forEach((step) => formatOwn(out, step, who));
  place(state, tr, changes, made, out);
  if (tr.scrolledIntoView) out.scrollIntoView();
  if (tr.storedMarksSet) out.setStoredMarks(tr.storedMarks);
  return out;
}

/** What one transaction made: its ids, and where its last words end. */
interface Made {
  insertion?: string | undefined;
  deletion?: string | undefined;
  end?: number;
  from?: number;
}

// --- What a transaction changes -------------------------------------------------------------

/** The replaced ranges in the text before, each with the inline content put in its place. */
function changesOf(tr: Transaction): Change[] {
  const found: Array<{ from: number; to: number; newFrom: number; newTo: number }> = [];
  tr.mapping.maps.forEach((map, index) => {
    const earlier = new Mapping(tr.mapping.maps.slice(0, index)).invert();
    const later = new Mapping(tr.mapping.maps.slice(index + 1));
    map.forEach((oldFrom, oldTo, newFrom, newTo) => {
      found.push({
        from: earlier.map(oldFrom, -1),
        to: earlier.map(oldTo, 1),
        newFrom: later.map(newFrom, -1),
        newTo: later.map(newTo, 1),
      });
    });
  });
  const merged: typeof found = [];
  for (const one of found.sort((a, b) => a.newFrom - b.newFrom || a.from - b.from)) {
    const last = merged.at(-1);
    const meets = last && (one.from < last.to || one.newFrom < last.newTo);
    if (!last || !meets) merged.push(one);
    else {
      last.from = Math.min(last.from, one.from);
      last.to = Math.max(last.to, one.to);
      last.newTo = Math.max(last.newTo, one.newTo);
    }
  }
  return merged.map(({ from, to, newFrom, newTo }) => ({
    from,
    to,
    content: inlineBetween(tr.doc, newFrom, newTo),
  }));
}

/** The inline content of a range; paragraphs are joined by a space, since none can be asked for. */
function inlineBetween(doc: Node, from: number, to: number): Fragment {
  let content = Fragment.empty;
  doc.nodesBetween(from, to, (node, pos) => {
    if (!node.isTextblock) return true;
    const start = Math.max(0, from - pos - 1);
    const end = Math.min(node.content.size, to - pos - 1);
    if (end <= start) return false;
    if (content.size > 0) content = content.addToEnd(doc.type.schema.text(" "));
    content = content.append(node.content.cut(start, end));
    return false;
  });
  return content;
}

// --- Asking for it --------------------------------------------------------------------------

function propose(
  tr: Transaction,
  change: Change,
  who: Proposer,
  made: Made,
  composing: boolean,
): void {
  const done = tr.steps.length;
  const $from = tr.doc.resolve(change.from);
  const end = change.to <= $from.end() ? change.to : $from.end();
  strike(tr, change.from, change.to, who, made);
  const map = tr.mapping.slice(done);
  made.from = map.map(change.from, -1);
  made.end = map.map(change.to, 1);
  if (change.content.size === 0) return;
  const at = composing ? map.map(end, 1) : afterStruck(tr.doc, map.map(end, 1), who);
  made.insertion ??= mineOf(change.content.firstChild, "insertion", who); // lent to an input method
  const words = asInsertion(change.content, insertionAt(tr.doc, at, who, made));
  if (words.size === 0 || !tr.doc.resolve(at).parent.inlineContent) return;
  tr.insert(at, words);
  made.end = at + words.size;
}

/** Strikes what stands between; deletes what is one's own. From the end, so that places hold. */
function strike(tr: Transaction, from: number, to: number, who: Proposer, made: Made): void {
  const pieces: Array<{ from: number; to: number; own: boolean }> = [];
  tr.doc.nodesBetween(from, to, (node, pos) => {
    if (!node.isInline || from === to) return true;
    const own = has(node, "insertion", who.source);
    if (own) made.insertion ??= mineOf(node, "insertion", who);
    if (own || !has(node, "deletion", who.source)) {
      pieces.push({ from: Math.max(from, pos), to: Math.min(to, pos + node.nodeSize), own });
    }
    return false;
  });
  if (pieces.some((piece) => !piece.own)) {
    made.deletion = continued(tr.doc, from, to, "deletion", who) ?? made.deletion ?? who.newId();
  }
  for (const piece of pieces.reverse()) {
    if (piece.own) tr.delete(piece.from, piece.to);
    else tr.addMark(piece.from, piece.to, markOf(tr.doc, "deletion", made.deletion ?? "", who));
  }
}

function markOf(doc: Node, kind: Kind, id: string, who: Proposer): Mark {
  return doc.type.schema.mark(kind, { id, source: who.source });
}

/** The id of a change of this window that touches the range: it is the same change going on. */
function continued(
  doc: Node,
  from: number,
  to: number,
  kind: Kind,
  who: Proposer,
): string | undefined {
  const { nodeBefore } = doc.resolve(from);
  const { nodeAfter } = doc.resolve(to);
  return mineOf(nodeBefore, kind, who) ?? mineOf(nodeAfter, kind, who);
}

/** The id of a change on the node that this window may continue. */
function mineOf(node: Node | null, kind: Kind, who: Proposer): string | undefined {
  const ids = (node?.marks ?? [])
    .filter((mark) => isOf(mark, kind, who.source))
    .map((mark) => String(mark.attrs["id"]));
  return ids.find((id) => who.isMine(id));
}

function insertionAt(doc: Node, at: number, who: Proposer, made: Made): Mark {
  made.insertion =
    continued(doc, at, at, "insertion", who) ?? made.insertion ?? who.newId();
  return markOf(doc, "insertion", made.insertion, who);
}

/** From before words that this window struck to behind them. */
function afterStruck(doc: Node, at: number, who: Proposer): number {
  const $at = doc.resolve(at);
  if (has($at.nodeBefore, "insertion", who.source)) return at;
  let end = at;
  for (let node = $at.nodeAfter; node; node = doc.resolve(end).nodeAfter) {
    if (mineOf(node, "deletion", who) === undefined) break;
    end += node.nodeSize;
  }
  return end;
}

/** The content as one's own insertion: formats stay, other people's marks and notes do not. */
function asInsertion(content: Fragment, insertion: Mark): Fragment {
  const nodes: Node[] = [];
  content.forEach((node) => {
    if (node.type.name === "footnote_ref") return;
    const formats = node.isText ? node.marks.filter((mark) => isFormat(mark)) : [];
    nodes.push(node.mark(insertion.addToSet(formats)));
  });
  return Fragment.from(nodes);
}

export function isFormat(mark: Mark): boolean {
  return !["insertion", "deletion", "note"].includes(mark.type.name);
}

/** A format may change on one's own pending words, and nowhere else. */
function formatOwn(tr: Transaction, step: Step, who: Proposer): void {
  if (!(step instanceof AddMarkStep || step instanceof RemoveMarkStep)) return;
  if (!isFormat(step.mark)) return;
  tr.doc.nodesBetween(step.from, step.to, (node, pos) => {
    if (!node.isText || !has(node, "insertion", who.source)) return;
    const from = Math.max(step.from, pos);
    const to = Math.min(step.to, pos + node.nodeSize);
    if (step instanceof AddMarkStep) tr.addMark(from, to, step.mark);
    else tr.removeMark(from, to, step.mark);
  });
}

/** The caret: behind new words; at the near end of struck ones, on the side it came from. */
function place(
  state: EditorState,
  tr: Transaction,
  changes: readonly Change[],
  made: Made,
  out: Transaction,
): void {
  const [first] = changes;
  if (!first || changes.length > 1 || made.end === undefined || made.from === undefined) {
    if (changes.length === 0 && tr.selectionSet) {
      out.setSelection(TextSelection.create(out.doc, tr.selection.anchor, tr.selection.head));
    }
    return;
  }
  const forward = state.selection.empty && state.selection.head <= first.from;
  const at = first.content.size > 0 || forward ? made.end : made.from;
  out.setSelection(TextSelection.near(out.doc.resolve(at), forward ? 1 : -1));
}

/** The text without the pending changes of `source`: what the law holds still. */
export function without(doc: Node, source: string): Node {
  const paragraphs: Node[] = [];
  doc.forEach((paragraph) => {
    const pieces: Node[] = [];
    paragraph.forEach((node) => {
      if (has(node, "insertion", source)) return;
      pieces.push(node.mark(node.marks.filter((mark) => !isOf(mark, "deletion", source))));
    });
    paragraphs.push(paragraph.copy(Fragment.fromArray(pieces)));
  });
  return doc.copy(Fragment.fromArray(paragraphs));
}
