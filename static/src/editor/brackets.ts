// Brackets: "[" and "]" make markers. Two markers with one id are a bracket.
//
// - "]" closes the nearest bracket that is open before it, in the option or, failing that, in what
//   stands before the option on the page. Otherwise it stays unpaired: that is shown, not refused.
// - Around a selection both are set at once. A selection of a whole labelled paragraph takes the
//   label in.
// - Taking one of a pair away leaves the other.

import { type Node, type ResolvedPos } from "prosemirror-model";
import {
  Plugin,
  PluginKey,
  TextSelection,
  type Command,
  type EditorState,
  type Transaction,
} from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

export type BracketKind = "contested" | "deletion" | "placeholder";

/** What the brackets of an option must know of the rest of the paper. */
export interface Surroundings {
  newId(): string;
  /** The nearest bracket before the option that is open and has no end, or null. */
  openBefore(): string | null;
  /** Whether a marker with the id stands elsewhere on the page. */
  standsElsewhere(id: string): boolean;
  /** Lights the ends of a bracket outside the option; null puts them out. */
  light(id: string | null): void;
}

export interface Marker {
  readonly id: string;
  readonly pos: number;
  readonly opens: boolean;
}

export function isMarker(node: Node | null | undefined): node is Node {
  return node?.type.name === "bracket_open" || node?.type.name === "bracket_close";
}

export function markersOf(doc: Node): Marker[] {
  const found: Marker[] = [];
  doc.descendants((node, pos) => {
    if (!isMarker(node)) return;
    found.push({ id: String(node.attrs["id"]), pos, opens: node.type.name === "bracket_open" });
  });
  return found;
}

/** Ids of the brackets open at `pos` and closed nowhere in the option; the nearest last. */
export function openAt(doc: Node, pos: number): string[] {
  const markers = markersOf(doc);
  const closed = new Set(markers.filter((one) => !one.opens).map((one) => one.id));
  return markers
    .filter((one) => one.opens && one.pos < pos && !closed.has(one.id))
    .map((one) => one.id);
}

/** "[" at the caret, or both around the selection. */
export function openBracket(around: Surroundings, kind: BracketKind = "contested"): Command {
  return (state, dispatch) => {
    const { from, to, empty } = state.selection;
    const id = around.newId();
    if (dispatch) dispatch(empty ? insertOpen(state, from, id, kind) : wrap(state, from, to, id, kind));
    return true;
  };
}

/** "]" at the caret, or both around the selection. */
export function closeBracket(around: Surroundings): Command {
  return (state, dispatch) => {
    const { from, to, empty } = state.selection;
    if (!empty) {
      dispatch?.(wrap(state, from, to, around.newId(), "contested"));
      return true;
    }
    const elsewhere = around.openBefore();
    const free = elsewhere && !hasClose(state.doc, elsewhere) ? elsewhere : null;
    const id = openAt(state.doc, from).at(-1) ?? free ?? around.newId();
    if (dispatch) dispatch(insert(state.tr, from, closing(state, id)).scrollIntoView());
    return true;
  };
}

function hasClose(doc: Node, id: string): boolean {
  return markersOf(doc).some((one) => one.id === id && !one.opens);
}

function insertOpen(state: EditorState, at: number, id: string, kind: BracketKind): Transaction {
  return insert(state.tr, at, opening(state, id, kind, false)).scrollIntoView();
}

function wrap(
  state: EditorState,
  from: number,
  to: number,
  id: string,
  kind: BracketKind,
): Transaction {
  const whole = takesLabelIn(state.doc.resolve(from), state.doc.resolve(to));
  const tr = insert(state.tr, to, closing(state, id));
  insert(tr, from, opening(state, id, kind, whole));
  return tr.setSelection(TextSelection.create(tr.doc, from + 1, to + 1)).scrollIntoView();
}

function takesLabelIn($from: ResolvedPos, $to: ResolvedPos): boolean {
  const atStart = $from.parentOffset === 0 && $from.parent.attrs["label"] !== null;
  return atStart && $to.parentOffset === $to.parent.content.size;
}

function insert(tr: Transaction, at: number, marker: Node): Transaction {
  return tr.insert(at, marker);
}

function opening(state: EditorState, id: string, kind: BracketKind, beforeLabel: boolean): Node {
  return state.schema.node("bracket_open", { id, kind, before_label: beforeLabel });
}

function closing(state: EditorState, id: string): Node {
  return state.schema.node("bracket_close", { id });
}

/** The bracket at the caret: the marker before it, otherwise the one behind it. */
export function bracketAt(state: EditorState): Marker | null {
  const { $head, empty } = state.selection;
  if (!empty) return null;
  for (const [node, pos] of [
    [$head.nodeBefore, $head.pos - ($head.nodeBefore?.nodeSize ?? 0)],
    [$head.nodeAfter, $head.pos],
  ] as const) {
    if (isMarker(node)) {
      return { id: String(node.attrs["id"]), pos, opens: node.type.name === "bracket_open" };
    }
  }
  return null;
}

/** Says what the bracket at the caret means: contested, a deletion, to be filled in. */
export function setKind(kind: BracketKind): Command {
  return (state, dispatch) => {
    const at = bracketAt(state);
    const open = at && markersOf(state.doc).find((one) => one.opens && one.id === at.id);
    const node = open && state.doc.nodeAt(open.pos);
    if (!open || !node) return false;
    if (dispatch) {
      const changed = node.type.create({ ...node.attrs, kind }, null, node.marks);
      const tr = state.tr.replaceWith(open.pos, open.pos + 1, changed);
      dispatch(tr.setSelection(TextSelection.create(tr.doc, state.selection.head)));
    }
    return true;
  };
}

/** Takes away both markers of the bracket at the caret, as far as they stand in this option. */
export const liftBracket: Command = (state, dispatch) => {
  const at = bracketAt(state);
  if (!at) return false;
  if (dispatch) {
    const { tr } = state;
    for (const one of markersOf(state.doc).reverse()) {
      if (one.id === at.id) tr.delete(one.pos, one.pos + 1);
    }
    dispatch(tr);
  }
  return true;
};

// --- How they look ------------------------------------------------------------------------------

export const bracketsKey = new PluginKey<DecorationSet>("brackets");

/** Typing makes markers; the pair at the caret is lit; what has no partner is shown. */
export function brackets(
  around: Surroundings,
  number: (id: string) => string = () => "",
): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: bracketsKey,
    state: {
      init: (_config, state) => drawn(state, around, number),
      apply: (tr, old, _before, state) =>
        tr.docChanged || tr.selectionSet ? drawn(state, around, number) : old,
    },
    props: {
      decorations: (state) => bracketsKey.getState(state),
      handleTextInput: (view, _from, _to, typed) => {
        if (typed === "[") return openBracket(around)(view.state, view.dispatch);
        if (typed === "]") return closeBracket(around)(view.state, view.dispatch);
        return false;
      },
    },
    view: () => ({
      update: (view) => around.light(view.hasFocus() ? (bracketAt(view.state)?.id ?? null) : null),
      destroy: () => around.light(null),
    }),
  });
}

function drawn(
  state: EditorState,
  around: Surroundings,
  number: (id: string) => string,
): DecorationSet {
  const markers = markersOf(state.doc);
  const lit = bracketAt(state)?.id;
  const out: Decoration[] = [];
  for (const one of markers) {
    const partner = markers.some((other) => other.id === one.id && other.opens !== one.opens);
    const lone = !partner && !around.standsElsewhere(one.id);
    const names = ["br", ...(lone ? ["lone"] : []), ...(one.id === lit ? ["lit"] : [])];
    const kind = String(state.doc.nodeAt(one.pos)?.attrs["kind"] ?? "");
    if (kind) names.push(kind);
    const look = { class: names.join(" "), "data-number": lone ? "" : number(one.id) };
    out.push(Decoration.inline(one.pos, one.pos + 1, look));
  }
  out.push(...washed(state.doc, markers.filter((one) => one.id === lit)));
  return DecorationSet.create(state.doc, out);
}

/** The words between the lit pair. */
function washed(doc: Node, pair: readonly Marker[]): Decoration[] {
  const open = pair.find((one) => one.opens);
  const close = pair.find((one) => !one.opens);
  if (!open || !close || close.pos <= open.pos || close.pos > doc.content.size) return [];
  return [Decoration.inline(open.pos + 1, close.pos, { class: "in-bracket" })];
}
