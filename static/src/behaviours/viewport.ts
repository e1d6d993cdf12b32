// Bars stick to both ends of a phone's window, and the keyboard covers its foot. What stands at the
// foot rises above the keyboard, and the line one writes in stays between the bars.

import { all } from "../dom.ts";

/** What of the window is seen: in CSS pixels, from the top of the window. */
export interface Seen {
  readonly height: number;
  readonly offsetTop: number;
  readonly scale: number;
}

/** How much of the foot of a window the keyboard covers. */
export function covered(seen: Seen, height: number): number {
  if (seen.scale > 1.01) return 0; // Magnified: there is more below, and no keyboard need be there.
  return Math.max(0, Math.round(height - seen.height - seen.offsetTop));
}

/** How far to scroll until a line lies between two edges. Its beginning wins where it is too high. */
export function offBy(line: { top: number; bottom: number }, from: number, to: number): number {
  if (line.top < from) return line.top - from;
  if (line.bottom <= to) return 0;
  return Math.min(line.bottom - to, line.top - from);
}

export const AIR = 6; // between a line and a bar

let waiting = false;

function lift(): void {
  const seen = window.visualViewport;
  if (!seen) return;
  const height = covered(seen, document.documentElement.clientHeight);
  document.documentElement.style.setProperty("--keyboard", `${height}px`);
}

/** The line with the caret; null where one does not write. */
function line(): DOMRect | null {
  const selection = getSelection();
  const editor = document.activeElement?.closest(".pm");
  if (!editor || !selection?.focusNode || !editor.contains(selection.focusNode)) return null;
  const range = new Range();
  range.setStart(selection.focusNode, selection.focusOffset);
  const box = range.getClientRects()[0];
  if (box) return box;
  const node = selection.focusNode; // an empty line has no letters to measure
  return (node instanceof Element ? node : node.parentElement)?.getBoundingClientRect() ?? null;
}

function keepInSight(): void {
  waiting = false;
  const caret = line();
  if (!caret) return;
  const { offsetTop, height } = window.visualViewport ?? { offsetTop: 0, height: innerHeight };
  const above = all(".bar, .ctl").map((bar) => (is("sticky", bar) ? bar.getBoundingClientRect().bottom : 0));
  const below = all(".pens").map((bar) => (is("fixed", bar) ? bar.getBoundingClientRect().top : Infinity));
  const from = Math.max(offsetTop, ...above) + AIR;
  const to = Math.min(offsetTop + height, ...below) - AIR;
  const off = offBy(caret, from, to);
  if (Math.abs(off) >= 1) scrollBy({ top: off, behavior: "instant" });
}

function is(position: string, bar: HTMLElement): boolean {
  return getComputedStyle(bar).position === position;
}

/** Once for all that happens before the next picture: the editor scrolls first. */
function soon(): void {
  if (waiting || !document.body.classList.contains("is-writing")) return;
  waiting = true;
  requestAnimationFrame(keepInSight);
}

export function start(): void {
  if (!document.getElementById("room")) return;
  document.addEventListener("selectionchange", soon);
  for (const name of ["resize", "scroll"]) window.visualViewport?.addEventListener(name, lift);
  window.visualViewport?.addEventListener("resize", soon);
  lift();
}
