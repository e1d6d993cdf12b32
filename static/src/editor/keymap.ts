// What keys do where one writes. What concerns the structure of the paper is asked of the room.

import { keymap } from "prosemirror-keymap";
import { redo, undo } from "prosemirror-history";
import { selectAll } from "prosemirror-commands";
import { TextSelection, type Command, type EditorState, type Plugin } from "prosemirror-state";
import { isMarker } from "./brackets.ts";
import { atVeryStart, joinBefore, newItem, shiftLevel, toggleFormat } from "./commands.ts";

/** What the room around an option does for the keys. Each says whether it took it over. */
export interface Structure {
  /** Whether only requests may be written: the structure then stands. */
  isPending(): boolean;
  /** Tells why a key did nothing. */
  explain(): void;
  /** A provision of its own from `pos` on. False: it becomes a paragraph of the option. */
  split(pos: number): boolean;
  /** The words go to the provision before. */
  join(): boolean;
  /** A proposed item after this one, where the text itself stands. False: there is none. */
  propose(): boolean;
  /** The whole item a level in or out. False: the line alone is shifted. */
  level(step: 1 | -1): boolean;
  /** To the option above (-1) or below (1). */
  go(step: 1 | -1): boolean;
  leave(): void;
  toTools(): void;
  menu(): void;
  addAfter(): void;
  shift(step: 1 | -1): void;
  note(): void;
  /** Who stands behind the words that are selected. */
  behind(): void;
  /** Takes the provision away. */
  remove(): void;
}

export function keys(room: Structure, isItem: boolean): Plugin {
  const only = (command: Command): Command => (state, dispatch, view) => {
    if (!room.isPending()) return command(state, dispatch, view);
    room.explain();
    return true;
  };
  const told = (act: () => void): Command => () => {
    act();
    return true;
  };
  return keymap({
    "Mod-b": toggleFormat("strong"),
    "Mod-i": toggleFormat("em"),
    "Mod-u": toggleFormat("underline"),
    "Mod-.": toggleFormat("sup"),
    "Mod-,": toggleFormat("sub"),
    "Mod-z": undo,
    "Mod-y": redo,
    "Mod-Shift-z": redo,
    "Mod-a": selectAll,
    "Mod-Home": toEdge("start"),
    "Mod-End": toEdge("end"),
    Enter: (state, dispatch) => {
      if (!room.isPending()) return enter(room, state, dispatch);
      if (!room.propose()) room.explain();
      return true;
    },
    "Shift-Enter": only(newItem),
    "Mod-Enter": told(() => room.addAfter()),
    Tab: isItem ? only(shift(room, 1)) : () => false,
    "Shift-Tab": isItem ? only(shift(room, -1)) : () => false,
    Backspace: (state, dispatch) => backspace(room, state, dispatch),
    Delete: (state, dispatch) => forwards(room, state, dispatch),
    Escape: told(() => room.leave()),
    ArrowUp: (state, _dispatch, view) =>
      isAtEdge(state, -1) && (view?.endOfTextblock("up") ?? false) && room.go(-1),
    ArrowDown: (state, _dispatch, view) =>
      isAtEdge(state, 1) && (view?.endOfTextblock("down") ?? false) && room.go(1),
    "Alt-ArrowUp": only(told(() => room.shift(-1))),
    "Alt-ArrowDown": only(told(() => room.shift(1))),
    "Alt-F10": told(() => room.toTools()),
    "Mod-m": told(() => room.menu()),
    "Mod-Alt-m": told(() => room.note()),
    "Mod-Alt-w": told(() => room.behind()),
    "Mod-Shift-Backspace": told(() => room.remove()),
  });
}

/** A level in or out: of the item, or of one of its lines. */
function shift(room: Structure, step: 1 | -1): Command {
  const line = shiftLevel(step);
  return (state, dispatch, view) => {
    if (state.selection.$from.before() === 0 && room.level(step)) return true;
    return line(state, dispatch, view);
  };
}

/** A label is no place for a caret, and a browser left to itself stops at it. */
function toEdge(edge: "start" | "end"): Command {
  return ({ doc, tr }, dispatch) => {
    const selection = edge === "start" ? TextSelection.atStart(doc) : TextSelection.atEnd(doc);
    dispatch?.(tr.setSelection(selection).scrollIntoView());
    return true;
  };
}

function enter(room: Structure, state: EditorState, dispatch?: Parameters<Command>[1]): boolean {
  if (state.selection.empty && room.split(state.selection.head)) return true;
  return newItem(state, dispatch);
}

function backspace(room: Structure, state: EditorState, dispatch?: Parameters<Command>[1]): boolean {
  const { $head, empty } = state.selection;
  if (empty && isMarker($head.nodeBefore)) {
    dispatch?.(state.tr.delete($head.pos - 1, $head.pos));
    return true;
  }
  if (!empty || $head.parentOffset > 0) return false;
  if (room.isPending()) room.explain();
  else if (atVeryStart(state)) room.join();
  else joinBefore(state, dispatch);
  return true;
}

function forwards(room: Structure, state: EditorState, dispatch?: Parameters<Command>[1]): boolean {
  const { $head, empty } = state.selection;
  if (empty && isMarker($head.nodeAfter)) {
    const tr = state.tr.delete($head.pos, $head.pos + 1);
    dispatch?.(tr);
    return true;
  }
  if (!empty || $head.parentOffset < $head.parent.content.size) return false;
  if (room.isPending()) room.explain();
  else joinNext(state, dispatch);
  return true;
}

/** At the end of a line of the option: the next one is joined to it. */
function joinNext(state: EditorState, dispatch?: Parameters<Command>[1]): void {
  const next = state.selection.$head.after() + 1;
  if (next > state.doc.content.size) return;
  const moved = state.apply(state.tr.setSelection(TextSelection.create(state.doc, next)));
  joinBefore(moved, (tr) => {
    const again = state.tr;
    for (const step of tr.steps) again.step(step);
    dispatch?.(again);
  });
}

function isAtEdge(state: EditorState, step: 1 | -1): boolean {
  const { $head, empty } = state.selection;
  if (!empty) return false;
  return $head.index(0) === (step === 1 ? state.doc.childCount - 1 : 0);
}
