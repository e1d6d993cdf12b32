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

/** The numbers that brackets carry on the page, by id. */
export function numbersOf(words: HTMLElement): Map<string, string> {
  const numbers = new Map<string, string>();
  for (const marker of words.querySelectorAll<HTMLElement>(".br:not(.lone)")) {
    const number = marker.querySelector("sub")?.textContent;
    if (number && marker.dataset["b"]) numbers.set(marker.dataset["b"], number);
  }
  return numbers;
}
