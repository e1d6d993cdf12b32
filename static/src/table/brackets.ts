// One bracket of the provision may be chosen: by a click on it, or by walking with [ and ].

import { all, announce, onClick } from "../dom.ts";

/** Sent when another bracket is chosen, or none. */
export const CHOSEN = "drafting:bracket";

let chosen: string | null = null;

function markers(): HTMLElement[] {
  return all(".case .words .br[data-b]");
}

/** The bracket that is chosen, where it still stands. */
export function bracket(): string | null {
  return markers().some((one) => one.dataset["b"] === chosen) ? chosen : null;
}

export function choose(id: string | null): void {
  chosen = id;
  for (const one of markers()) one.classList.toggle("lit", one.dataset["b"] === id);
  const first = markers().find((one) => one.dataset["b"] === id);
  first?.scrollIntoView({ block: "nearest" });
  if (first) announce(first.getAttribute("aria-label") ?? "");
  document.dispatchEvent(new Event(CHOSEN));
}

/** Chooses none, without telling. */
export function forget(): void {
  chosen = null;
  for (const one of markers()) one.classList.remove("lit");
}

/** The next bracket that opens, or the one before. */
export function walk(step: 1 | -1): void {
  const ids = [...new Set(markers().map((one) => one.dataset["b"] ?? ""))];
  const at = chosen === null ? -1 : ids.indexOf(chosen);
  const to = at < 0 ? (step === 1 ? 0 : ids.length - 1) : (at + step + ids.length) % ids.length;
  if (ids.length > 0) choose(ids[to] ?? null);
}

/** After the provision was fetched anew. */
export function again(): void {
  if (chosen !== null) choose(bracket());
}

export function start(): void {
  onClick(".case .words .br[data-b]", (marker) => {
    const id = marker.dataset["b"] ?? null;
    choose(id === chosen ? null : id);
  });
}
