// What is selected on the page, as places in the texts of options.

import { all } from "../dom.ts";
import type { Bench } from "../editor/bench.ts";
import type { OptionHandle } from "../writing/contract.ts";
import { spotOf } from "./redline.ts";

/** The selection from an option to an option, both by their elements. */
export interface Chosen {
  readonly first: HTMLElement;
  readonly last: HTMLElement;
  readonly range: Range;
}

/** What is selected outside the option one writes in; null: nothing. */
export function chosen(): Chosen | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const options = all(".paper .opt[id]").filter((option) => {
    const words = option.querySelector(":scope > .tx");
    return words !== null && !words.classList.contains("live") && range.intersectsNode(words);
  });
  const [first, last] = [options[0], options.at(-1)];
  return first && last ? { first, last, range } : null;
}

/** The position where the selection begins in `first`, or ends in `last`. */
export function positionIn(
  bench: Bench,
  handle: OptionHandle,
  option: HTMLElement,
  range: Range,
  end: "start" | "end",
): number {
  const words = option.querySelector<HTMLElement>(":scope > .tx");
  const size = handle.doc.content.size;
  const node = end === "start" ? range.startContainer : range.endContainer;
  if (!words?.contains(node)) return end === "start" ? 1 : size - 1;
  const offset = end === "start" ? range.startOffset : range.endOffset;
  const { line, letter } = spotOf(words, node, offset);
  return Math.min(bench.positionOf(handle.doc, line, letter), size - 1);
}
