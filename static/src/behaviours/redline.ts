// The words of an option on the page, read back: what stays, what came, what the base said.
// The editor draws the same redline over its text, so that the line does not move.

import type { RedPiece } from "../editor/marks.ts";

/** The lines of a `.tx`, each as its pieces, without labels, brackets and sigla. */
export function linesOf(words: HTMLElement): RedPiece[][] {
  const lines = [...words.querySelectorAll<HTMLElement>("p, h1, h2")];
  return lines.filter((line) => !line.closest("[data-made]")).map((line) => joined(piecesOf(line)));
}

function piecesOf(line: HTMLElement): RedPiece[] {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  const pieces: RedPiece[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement;
    if (!around || around.closest(".br, .sig, .sp, .fn, .vh")) continue;
    pieces.push({ op: opOf(around, line), words: node.textContent ?? "" });
  }
  return pieces;
}

function opOf(around: HTMLElement, line: HTMLElement): RedPiece["op"] {
  const mark = around.closest<HTMLElement>("ins, del");
  if (!mark || !line.contains(mark)) return "keep";
  if (mark.classList.contains("p")) return "keep"; // pending words are in the text
  return mark.tagName === "INS" ? "ins" : "del";
}

function joined(pieces: readonly RedPiece[]): RedPiece[] {
  const out: RedPiece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (last?.op === piece.op) out[out.length - 1] = { ...last, words: last.words + piece.words };
    else out.push(piece);
  }
  return out;
}

/** The cells of labels on the page, by the label they show; their brackets keep the place only. */
export function labelsOf(words: HTMLElement): Map<string, Node[]> {
  const cells = new Map<string, Node[]>();
  for (const cell of words.querySelectorAll<HTMLElement>(".row > .lab")) {
    const copy = cell.cloneNode(true);
    if (!(copy instanceof HTMLElement)) continue;
    for (const one of copy.querySelectorAll(".vh")) one.remove();
    for (const one of copy.querySelectorAll(".br")) one.replaceWith(ghost(one));
    for (const link of copy.querySelectorAll("a")) link.replaceWith(unlinked(link));
    const now = copy.cloneNode(true);
    if (now instanceof HTMLElement) for (const gone of now.querySelectorAll("del, .ghost")) gone.remove();
    const label = now.textContent?.trim() ?? "";
    if (label) cells.set(label, [...copy.childNodes]);
  }
  return cells;
}

/** As wide as the link, and none: where one writes a click sets the caret. */
function unlinked(link: Element): HTMLElement {
  const made = document.createElement("span");
  made.className = "unlinked";
  made.append(...link.childNodes);
  return made;
}

/** Where one writes the bracket itself stands among the words; the label keeps its place for it. */
function ghost(bracket: Element): HTMLElement {
  const made = document.createElement("span");
  made.className = "br ghost";
  made.setAttribute("aria-hidden", "true");
  made.append(...[...bracket.childNodes].map((node) => node.cloneNode(true)));
  return made;
}

/** The numbers that brackets carry on the page, by id. */
export function numbersOf(words: HTMLElement): Map<string, string> {
  const numbers = new Map<string, string>();
  for (const marker of words.querySelectorAll<HTMLElement>(".br:not(.lone)")) {
    const number = marker.querySelector("sub")?.textContent;
    if (number && marker.dataset["b"]) numbers.set(marker.dataset["b"], number);
  }
  return numbers;
}

/** A place among the words of an option: in which line, behind how many letters of the text. */
export interface Spot {
  readonly line: number;
  readonly letter: number;
}

/** Where a point of the page lies in the words of an option. What only the base said counts for
 * nothing, nor do lines that only the base has. */
export function spotOf(words: HTMLElement, node: Node, offset: number): Spot {
  const lines = [...words.querySelectorAll<HTMLElement>("p, h1, h2")].filter(
    (line) => !line.closest("[data-made]") && !isGone(line),
  );
  const point = new Range();
  point.setStart(node, offset);
  const reached = lines.filter((line) => point.comparePoint(line, 0) <= 0);
  const line = reached.at(-1);
  if (!line) return { line: 0, letter: 0 };
  return { line: reached.length - 1, letter: lettersBefore(line, point) };
}

function isGone(line: HTMLElement): boolean {
  const pieces = joined(piecesOf(line));
  return pieces.length > 0 && pieces.every((piece) => piece.op === "del");
}

function lettersBefore(line: HTMLElement, point: Range): number {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let letters = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement;
    if (!around || around.closest(".br, .sig, .sp, .fn, .vh") || opOf(around, line) === "del") continue;
    const length = node.textContent?.length ?? 0;
    if (node === point.startContainer) return letters + Math.min(point.startOffset, length);
    if (point.comparePoint(node, length) > 0) return letters;
    letters += length;
  }
  return letters;
}
