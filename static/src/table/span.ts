// Words that are selected in a wording, as positions in its option's document.
//
// - A wording on the table is a redline: what is struck against the base is no part of it, and stands
//   between no positions. A bracket and a footnote are one position each, as in the document.
// - Only a wording that is one option as it stands can be counted so. Where the text of the draft holds
//   other words too, which are not shown, a place in what is shown is none in the document: "vague".

import { all } from "../dom.ts";
import type { Span } from "./deeds.ts";

const NOT = "del:not(.p), .sig, .sp, .vh";
const ATOMS = ".br, .fn";

/** What is selected, where it begins and ends in one wording of one option. */
export function selected(): Span | "vague" | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const place = elementOf(range.commonAncestorContainer)?.closest(".worded");
  const box = place?.querySelector<HTMLInputElement>("input[name=wording]");
  if (!place || !box || box.dataset["kind"] !== "text") return null;
  const [option = "", ...others] = (box.dataset["options"] ?? "").split(" ");
  if (!option && !box.dataset["within"]) return null;
  if (others.length > 0 || box.dataset["exact"] === undefined) return "vague";
  const start = positionIn(place, range.startContainer, range.startOffset);
  const end = positionIn(place, range.endContainer, range.endOffset);
  return start !== null && end !== null && start < end ? { option, start, end } : null;
}

function elementOf(node: Node): Element | null {
  return node instanceof Element ? node : node.parentElement;
}

/** The position of a point of the page; a paragraph takes one at each end. */
function positionIn(place: Element, node: Node, offset: number): number | null {
  const point = new Range();
  point.setStart(node, offset);
  let at = 0;
  for (const line of all(".words .row:not(:has(> p > del:only-child)) > p", place)) {
    at += 1;
    for (const [leaf, width] of leaves(line)) {
      const side = point.comparePoint(leaf, 0);
      if (leaf === node) return at + Math.min(offset, width);
      if (side >= 0) return at; // it stands at the point, or behind it
      at += width;
    }
    if (elementOf(node)?.closest("p") === line) return at;
    at += 1;
  }
  return null;
}

/** Texts and atoms of the wording, each with how many positions it takes. */
function* leaves(line: Element): Generator<readonly [Node, number]> {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let atom: Element | null = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (atom?.contains(node) || elementOf(node)?.closest(NOT)) continue;
    if (node instanceof Element) {
      atom = node.matches(ATOMS) ? node : null;
      if (atom) yield [node, 1];
    } else yield [node, node.textContent?.length ?? 0];
  }
}
