// One alternative of a fork may be chosen: by a press on it, or by walking with , and ;
//
// - A second press on the one that is chosen is for the bar: first one sees, then one does.
// - Alternatives that one bracket holds are decided together, so they are lit together.

import { all, onClick } from "../dom.ts";
import type { Alternative } from "./deeds.ts";

/** Sent when another alternative is chosen, or none. */
export const FORK = "drafting:fork";
/** Sent when the one that is chosen is pressed once more. */
export const AGAIN = "drafting:fork-again";

let chosen: string | null = null; // what it asks for, or why it cannot be asked
let at: HTMLElement | null = null; // where it was pressed

const told = (one: HTMLElement): string => one.dataset["keep"] ?? one.dataset["why"] ?? "";

function alternatives(): HTMLElement[] {
  return all(".case .parting button.alt");
}

/** The alternative that is chosen, where it still stands. */
export function alternative(): Alternative | null {
  const one = at?.isConnected ? at : alternatives().find((other) => told(other) === chosen);
  if (chosen === null || !one) return null;
  const { keep, why } = one.dataset;
  if (keep === undefined) return { why: why ?? "" };
  return { keep: JSON.parse(keep) as readonly (readonly [string, boolean | string])[] };
}

function choose(one: HTMLElement | null): void {
  at = one;
  chosen = one && told(one);
  light();
  document.dispatchEvent(new Event(FORK));
}

function light(): void {
  for (const one of alternatives()) {
    const isIt = one === at || (one.dataset["keep"] !== undefined && told(one) === chosen);
    one.setAttribute("aria-pressed", String(isIt));
    if (isIt) one.setAttribute("aria-describedby", "effect");
    else one.removeAttribute("aria-describedby");
  }
}

/** Chooses none, without telling. */
export function forget(): void {
  at = chosen = null;
  light();
}

/** The next alternative, or the one before, over all forks. */
export function walk(step: 1 | -1): void {
  const found = alternatives();
  const from = found.findIndex((one) => one === at);
  const to = from < 0 ? (step === 1 ? 0 : found.length - 1) : (from + step + found.length) % found.length;
  const one = found[to];
  if (!one) return;
  one.focus();
  one.scrollIntoView({ block: "nearest" });
  choose(one);
}

/** After the provision was fetched anew: what is asked for is chosen still, if it can be. */
export function again(): void {
  at = chosen === null ? null : (alternatives().find((one) => one.dataset["keep"] === chosen) ?? null);
  if (!at) chosen = null;
  light();
}

export function start(): void {
  onClick(".case .parting button.alt", (one) => {
    if (one === at) document.dispatchEvent(new Event(AGAIN));
    else choose(one);
  });
}
