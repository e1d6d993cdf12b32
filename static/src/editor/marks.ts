// What is drawn over the words and is not in them: whose request a pending change is, what the base
// said, whose caret is where.

import type { Mark, Node } from "prosemirror-model";
import { Plugin, PluginKey, type EditorState, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";

/** A source short enough to stand above a line: "ISL" for ISL/79A2/13, "Chair" for Chair. */
export function shortSource(source: string): string {
  return /^((?:[A-Z]{1,4}\/)*[A-Z]{1,4})\/\d/u.exec(source)?.[1] ?? source;
}

export interface PendingRun {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly Mark[];
}

/** Stretches of words that carry the same requests. */
export function pendingRuns(doc: Node): PendingRun[] {
  const runs: { from: number; to: number; changes: readonly Mark[] }[] = [];
  doc.descendants((node, pos) => {
    if (!node.isInline) return;
    const changes = node.marks.filter((mark) => isChange(mark));
    if (changes.length === 0) return;
    const last = runs.at(-1);
    if (last?.to === pos && alike(last.changes, changes)) last.to = pos + node.nodeSize;
    else runs.push({ from: pos, to: pos + node.nodeSize, changes });
  });
  return runs;
}

export function isChange(mark: Mark): boolean {
  return mark.type.name === "insertion" || mark.type.name === "deletion";
}

function alike(one: readonly Mark[], other: readonly Mark[]): boolean {
  return one.length === other.length && one.every((mark, place) => mark.eq(other[place] ?? mark));
}

/** Ids of the pending changes that a range touches; of a caret, those beside it. */
export function changesIn(doc: Node, from: number, to: number): Mark[] {
  const touched = pendingRuns(doc).filter((run) => run.from <= to && run.to >= from);
  const marks = touched.flatMap((run) => run.changes);
  return marks.filter((mark, place) => marks.findIndex((other) => other.eq(mark)) === place);
}

/** Whoever asks stands above the end of the words, as on the page. */
export function sigla(): Plugin<DecorationSet> {
  const key = new PluginKey<DecorationSet>("sigla");
  const draw = (doc: Node): DecorationSet =>
    DecorationSet.create(
      doc,
      pendingRuns(doc).map(({ from, to, changes }) => {
        const short = [...new Set(changes.map((mark) => shortSource(String(mark.attrs["source"]))))];
        return Decoration.widget(endOfWords(doc, from, to), () => siglum(short.join(" ")), {
          key: `sig ${short.join(" ")}`,
          side: 1,
          marks: [],
          ignoreSelection: true,
        });
      }),
    );
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_config, state) => draw(state.doc),
      apply: (tr, old) => (tr.docChanged ? draw(tr.doc) : old),
    },
    props: { decorations: (state) => key.getState(state) },
  });
}

/** At the last word, not behind the space that follows it, where the siglum might begin a line. */
export function endOfWords(doc: Node, from: number, to: number): number {
  const words = doc.textBetween(from, to, "\n", "\ufffc");
  const bare = words.replace(/ +$/u, "");
  return bare ? to - (words.length - bare.length) : to;
}

function siglum(words: string): HTMLElement {
  const element = document.createElement("span");
  element.className = "sig";
  element.textContent = words;
  return element;
}

// --- The base ---------------------------------------------------------------------------------------

/** A piece of a redline: words that stay, came, or went; `doc` says whether they are in the text. */
export interface RedPiece {
  readonly op: "keep" | "ins" | "del";
  readonly words: string;
}

export const baseKey = new PluginKey<DecorationSet>("base");

/** What the base said is drawn from the page's own redline, while the words are those of it. */
export function baseRedline(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: baseKey,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, old) => {
        const told = tr.getMeta(baseKey) as unknown;
        return told instanceof DecorationSet ? told : old.map(tr.mapping, tr.doc);
      },
    },
    props: { decorations: (state) => baseKey.getState(state) },
  });
}

/** A transaction that draws this redline, or null where it is not of these words. */
export function withRedline(
  state: EditorState,
  lines: readonly (readonly RedPiece[])[],
): Transaction | null {
  const drawn = redlineOf(state.doc, lines);
  return drawn && state.tr.setMeta(baseKey, drawn).setMeta("addToHistory", false);
}

function redlineOf(doc: Node, lines: readonly (readonly RedPiece[])[]): DecorationSet | null {
  const own = lines.filter((line) => !line.length || line.some((piece) => piece.op !== "del"));
  const told = own.length === doc.childCount ? own : lines;
  if (told.length !== doc.childCount) return null;
  const out: Decoration[] = [];
  let fits = true;
  doc.forEach((paragraph, offset, index) => {
    fits &&= drawLine(paragraph, offset + 1, told[index] ?? [], out);
  });
  return fits ? DecorationSet.create(doc, out) : null;
}

/** Each text node of a paragraph in turn; a marker has no words of its own. */
function drawLine(
  paragraph: Node,
  start: number,
  pieces: readonly RedPiece[],
  out: Decoration[],
): boolean {
  const said = pieces.filter((piece) => piece.op !== "del").map((piece) => piece.words);
  if (said.join("") !== wordsOf(paragraph)) return false;
  const places = placesOf(paragraph, start);
  let letter = 0;
  for (const [place, { op, words }] of pieces.entries()) {
    if (op === "del") {
      const at = placeBefore(places, letter, start, paragraph);
      const meets = meet(words, pieces[place + 1]);
      const key = `d ${words}${meets ? " +" : ""}`;
      out.push(Decoration.widget(at, () => struck(words, meets), { side: -1, marks: [], key }));
      continue;
    }
    if (op === "ins") {
      const from = places[letter];
      const last = places[letter + words.length - 1];
      if (from !== undefined && last !== undefined) {
        out.push(Decoration.inline(from, last + 1, { class: "base-ins" }));
      }
    }
    letter += words.length;
  }
  return true;
}

/** The words alone: brackets are none. */
export function wordsOf(node: Node): string {
  return node.textBetween(0, node.content.size, "", () => "");
}

/** The position behind so many letters of a paragraph; beyond the words, its end. */
export function positionOf(doc: Node, line: number, letter: number): number {
  const index = Math.min(line, doc.childCount - 1);
  let start = 1;
  for (let before = 0; before < index; before++) start += doc.child(before).nodeSize;
  const places = placesOf(doc.child(index), start);
  if (line > index) return start + doc.child(index).content.size;
  return letter === 0 ? (places[0] ?? start) : (places[letter - 1] ?? start + doc.child(index).content.size - 1) + 1;
}

/** The position of each letter (UTF-16 unit) of the paragraph. */
function placesOf(paragraph: Node, start: number): number[] {
  const places: number[] = [];
  paragraph.forEach((node, offset) => {
    for (let unit = 0; unit < (node.text?.length ?? 0); unit++) places.push(start + offset + unit);
  });
  return places;
}

function placeBefore(
  places: readonly number[],
  letter: number,
  start: number,
  paragraph: Node,
): number {
  const before = places[letter - 1];
  return before === undefined ? (places[0] ?? start + paragraph.content.size) : before + 1;
}

/** Whether two words, one struck and one put in its place, would run into each other. */
function meet(struckWords: string, next: RedPiece | undefined): boolean {
  return next?.op === "ins" && /[\p{L}\p{N}]$/u.test(struckWords) && /^[\p{L}\p{N}]/u.test(next.words);
}

function struck(words: string, withSpace: boolean): HTMLElement {
  const element = document.createElement("span");
  const gone = document.createElement("del");
  gone.textContent = words;
  element.append(gone, withSpace ? " " : "");
  element.contentEditable = "false";
  return element;
}

// --- Others -------------------------------------------------------------------------------------------

export interface Caret {
  readonly sid: string;
  readonly who: string;
  readonly anchor: number;
  readonly head: number;
}

export const caretsKey = new PluginKey<DecorationSet>("carets");

/** Where others are in the text: an ink caret; the name is in the margin, a flag only on hover. */
export function carets(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: caretsKey,
    state: {
      init: () => DecorationSet.empty,
      apply: (tr, old) => {
        const told = tr.getMeta(caretsKey) as unknown;
        return told instanceof DecorationSet ? told : old.map(tr.mapping, tr.doc);
      },
    },
    props: { decorations: (state) => caretsKey.getState(state) },
  });
}

export function withCarets(state: EditorState, people: readonly Caret[]): Transaction {
  const limit = state.doc.content.size;
  const out = people.flatMap(({ sid, who, anchor, head }) => {
    const [from, to] = [Math.min(anchor, head), Math.max(anchor, head)].map((at) => Math.min(at, limit));
    const caret = Decoration.widget(Math.min(head, limit), () => mark(who), {
      key: `caret ${sid} ${who}`,
      side: 1,
      marks: [],
      ignoreSelection: true,
    });
    if (from === undefined || to === undefined || from === to) return [caret];
    return [caret, Decoration.inline(from, to, { class: "picked" })];
  });
  return state.tr
    .setMeta(caretsKey, DecorationSet.create(state.doc, out))
    .setMeta("addToHistory", false);
}

function mark(who: string): HTMLElement {
  const element = document.createElement("span");
  element.className = "caret";
  element.dataset["who"] = who;
  element.setAttribute("aria-hidden", "true");
  return element;
}
