// One option as one writes in it: an EditorView in the place of its words.
//
// - The person's steps go to the handle; what comes is applied as the handle gives it.
// - Where only requests may be written, every transaction of the person's becomes one; undoing
//   and what comes are taken as they are.
// - While an input method composes, nothing that comes touches the text.

import { history, isHistoryTransaction, undo, redo } from "prosemirror-history";
import { EditorState, TextSelection, type Command, type Transaction } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import type { OptionHandle } from "../writing/contract.ts";
import { isRemote, preserving, receive } from "../writing/transaction.ts";
import { brackets, type Surroundings } from "./brackets.ts";
import { keys, type Structure } from "./keymap.ts";
import { lines, type LabelCell } from "./lines.ts";
import {
  baseRedline,
  carets,
  sigla,
  withCarets,
  withRedline,
  type Caret,
  type RedPiece,
} from "./marks.ts";
import { cleaned, plainSlice, simpler } from "./paste.ts";
import { asPending, type Proposer } from "./pending.ts";
import { tidy, withLetter } from "./tidy.ts";

/** What an editor must know of the room it stands in. */
export interface Room {
  readonly structure: Structure;
  readonly surroundings: Surroundings;
  /** Called with every transaction: whom the person types for, and as whose requests. */
  whom(): { readonly forWhom: string; readonly asRequests: Proposer | null };
  /** The text or the selection has changed. */
  moved(view: EditorView, typed: boolean): void;
  /** Numbers of the brackets on the page, by id. */
  number(bracket: string): string;
}

export interface Look {
  readonly name: string; // for those who do not see it: "resolves 2, option of ISL"
  readonly kind: string; // the provision's
  readonly lang: string;
  readonly dir: string;
  readonly editable: boolean;
  readonly labelCell: LabelCell;
}

export interface Editor {
  readonly view: EditorView;
  run(command: Command): void;
  redline(lines: readonly (readonly RedPiece[])[]): void;
  carets(people: readonly Caret[]): void;
  caretAt(point: Point): void;
  type(words: string): void;
  /** As the key does. */
  enter(): void;
  readonly surroundings: Surroundings;
  close(): void;
}

/** A place on the screen or in the text. */
export type Point = { readonly left: number; readonly top: number } | "start" | "end" | number;

const WITHOUT_LABELS = new Set(["call", "title", "number", "formula", "chapeau"]);

export function mount(place: HTMLElement, handle: OptionHandle, room: Room, look: Look): Editor {
  const state = EditorState.create({ doc: handle.doc, plugins: pluginsOf(room, look) });
  let ended = false;
  const view: EditorView = new EditorView(place, {
    state,
    attributes: attributesOf(look),
    editable: () => look.editable && !handle.closed && !handle.gone && !handle.wordless,
    nodeViews: { paragraph: lines(!WITHOUT_LABELS.has(look.kind), look.labelCell) },
    dispatchTransaction: (tr) => {
      if (!ended) dispatch(view, tr, handle, room);
    },
    transformPastedHTML: simpler,
    transformPasted: (slice) => cleaned(slice, room.surroundings.newId),
    clipboardTextParser: (text) => plainSlice(view.state.schema, text),
    handleDOMEvents: { ...composing(handle, room), keydown: whereTheCaretIs },
  });
  const ends = [
    handle.onRemote((remote) => view.dispatch(receive(view.state, remote))),
    handle.onChange(() => view.setProps({})),
  ];
  return {
    view,
    run: (command) => {
      command(view.state, view.dispatch, view);
      view.focus();
    },
    redline: (told) => {
      const tr = view.composing ? null : withRedline(view.state, told);
      if (tr) view.dispatch(tr);
    },
    carets: (people) => {
      if (!view.composing) view.dispatch(withCarets(view.state, people));
    },
    caretAt: (point) => caretAt(view, point),
    type: (words) => {
      if (words.includes("\n")) view.pasteText(words);
      else if (words !== "") view.dispatch(view.state.tr.insertText(words).scrollIntoView());
    },
    enter: () => {
      const enter = new KeyboardEvent("keydown", { key: "Enter" });
      view.someProp("handleKeyDown", (take) => take(view, enter));
    },
    surroundings: room.surroundings,
    close: () => {
      ended = true;
      for (const end of ends) end();
      view.destroy();
      handle.close();
    },
  };
}

function pluginsOf(room: Room, look: Look): EditorState["plugins"] {
  return [
    keys(room.structure, !WITHOUT_LABELS.has(look.kind)),
    brackets(room.surroundings, (id) => room.number(id)),
    sigla(),
    baseRedline(),
    carets(),
    history({ newGroupDelay: 600 }),
    preserving,
  ];
}

function attributesOf(look: Look): Record<string, string> {
  return {
    class: "pm",
    role: "textbox",
    "aria-multiline": "true",
    "aria-label": look.name,
    lang: look.lang,
    dir: look.dir,
    spellcheck: "true",
  };
}

/** Applies what the person did, and gives its steps on. */
function dispatch(view: EditorView, tr: Transaction, handle: OptionHandle, room: Room): void {
  const { forWhom, asRequests } = room.whom();
  const own = ownOf(view, tr, asRequests);
  const { state, transactions } = view.state.applyTransaction(own);
  view.updateState(state);
  const steps = transactions.filter((one) => !isRemote(one)).flatMap((one) => one.steps);
  if (steps.length > 0) handle.change(steps, forWhom);
  if (own.docChanged || own.selectionSet || own.storedMarksSet) room.moved(view, steps.length > 0);
}

const KEPT = ["composition", "uiEvent", "paste", "addToHistory"];

function ownOf(view: EditorView, tr: Transaction, who: Proposer | null): Transaction {
  if (!tr.docChanged || isRemote(tr) || isHistoryTransaction(tr)) return tr;
  const said = view.composing ? tr : withLetter(view.state, tr);
  const own = who ? asPending(view.state, said, who, view.composing) : said;
  for (const name of KEPT) {
    const told: unknown = tr.getMeta(name);
    if (own !== tr && told !== undefined) own.setMeta(name, told);
  }
  return view.composing ? own : tidy(own);
}

/** A browser tells late where it has set the caret: of two quick keys, Home and Backspace, the second
 * would be read at the place before the first. So it is asked before each key. */
function whereTheCaretIs(view: EditorView, event: globalThis.KeyboardEvent): boolean {
  if (!view.composing && !event.isComposing) {
    view.dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
  }
  return false;
}

/** An input method writes into the page by itself: the text must lie still under it. */
function composing(
  handle: OptionHandle,
  room: Room,
): Record<string, (view: EditorView, event: globalThis.Event) => boolean> {
  return {
    compositionstart: (view) => {
      handle.pause(true);
      const who = room.whom().asRequests;
      if (who) lendMark(view, who);
      return false;
    },
    compositionend: (view) => {
      // ProseMirror takes the last of it in a moment of its own.
      setTimeout(() => {
        if (!view.isDestroyed && !view.composing) handle.pause(false);
      }, 60);
      return false;
    },
  };
}

/** The words of the input method are a request from their first letter on, so that it need not be
 * drawn anew under its hands. */
function lendMark(view: EditorView, who: Proposer): void {
  const { $head, empty } = view.state.selection;
  if (!empty) return;
  const own = [...($head.nodeBefore?.marks ?? []), ...($head.nodeAfter?.marks ?? [])].find(
    (mark) =>
      mark.type.name === "insertion" &&
      mark.attrs["source"] === who.source &&
      who.isMine(String(mark.attrs["id"])),
  );
  const mark = own ?? view.state.schema.mark("insertion", { id: who.newId(), source: who.source });
  const marks = view.state.storedMarks ?? $head.marks();
  const formats = marks.filter(({ type }) => !["insertion", "deletion", "note"].includes(type.name));
  view.dispatch(view.state.tr.setStoredMarks(mark.addToSet(formats)));
}

function caretAt(view: EditorView, point: Point): void {
  const { doc } = view.state;
  const end = doc.content.size;
  const at = point === "start" ? 0 : point === "end" ? end : placeOf(view, point);
  const selection = TextSelection.near(doc.resolve(Math.min(at, end)), point === "end" ? -1 : 1);
  view.dispatch(view.state.tr.setSelection(selection));
  view.focus();
}

function placeOf(view: EditorView, point: Exclude<Point, string>): number {
  return typeof point === "number" ? point : (view.posAtCoords(point)?.pos ?? 0);
}

export { undo, redo };
