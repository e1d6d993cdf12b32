// Brackets light up with their partner, and the words between with them.
// The words are washed by a highlight of the browser's, so that no markup cuts them up; a browser
// without it lights both ends only.

import { all, closest, SWAPPED } from "../dom.ts";

const HIGHLIGHT = "bracket";

/** The index reached from `current` by `step` in a list of `length`; from nowhere, its ends. */
export function neighbour(length: number, current: number, step: 1 | -1): number {
  if (length === 0) return -1;
  if (current < 0) return step === 1 ? 0 : length - 1;
  return (current + step + length) % length;
}

function ends(id: string): HTMLElement[] {
  return all(`.br[data-b="${CSS.escape(id)}"]`);
}

export function light(id: string): void {
  dark();
  const pair = ends(id);
  for (const end of pair) end.classList.add("lit");
  const [first, last] = [pair[0], pair.at(-1)];
  if (first && last && first !== last && "highlights" in CSS) {
    CSS.highlights.set(HIGHLIGHT, new Highlight(...between(first, last)));
  }
}

export function dark(): void {
  for (const end of all(".br.lit")) end.classList.remove("lit");
  if ("highlights" in CSS) CSS.highlights.delete(HIGHLIGHT);
}

/** One range for each column of words between two markers: margins are not in brackets. */
function between(first: Element, last: Element): Range[] {
  const whole = new Range();
  whole.setStartAfter(first);
  whole.setEndBefore(last);
  return all(".tx")
    .filter((column) => whole.intersectsNode(column))
    .map((column) => {
      const range = new Range();
      range.selectNodeContents(column);
      if (column.contains(first)) range.setStartAfter(first);
      if (column.contains(last)) range.setEndBefore(last);
      return range;
    });
}

/** Moves the focus to the next or previous bracket of the paper. */
export function walk(step: 1 | -1): void {
  const brackets = all<HTMLElement>(".paper .br:not(.ghost)");
  const here = brackets.findIndex((bracket) => bracket === document.activeElement);
  const next = brackets[neighbour(brackets.length, here < 0 ? nearest(brackets, step) : here, step)];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "center" });
}

/** From nowhere, one walks on from what is on the screen. */
function nearest(brackets: readonly HTMLElement[], step: 1 | -1): number {
  const below = brackets.findIndex((bracket) => bracket.getBoundingClientRect().top > 120);
  if (below < 0) return step === 1 ? -1 : brackets.length;
  return step === 1 ? below - 1 : below;
}

export function start(): void {
  const lightAt = (event: Event): void => {
    const id = closest(event, ".br")?.dataset["b"];
    if (id) light(id);
  };
  const darkAt = (event: Event): void => {
    if (closest(event, ".br")) dark();
  };
  for (const name of ["pointerover", "focusin"]) document.addEventListener(name, lightAt);
  for (const name of ["pointerout", "focusout"]) document.addEventListener(name, darkAt);
  document.addEventListener(SWAPPED, dark);
}
