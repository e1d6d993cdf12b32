// From one contested provision to the next, and which provision one is in.

import { all, announce, calm, closest, onClick } from "../dom.ts";
import { neighbour } from "./brackets.ts";

let here: HTMLElement | null = null;

/** The provision one is in: the one walked to, in focus, or under the pointer. */
export function current(): HTMLElement | null {
  const focused = document.activeElement?.closest<HTMLElement>(".prov");
  return focused ?? here ?? document.querySelector<HTMLElement>(".prov:hover, .prov:target");
}

function settle(provision: HTMLElement | null): void {
  here?.classList.remove("here");
  here = provision;
  here?.classList.add("here");
}

/** The nearest stop above or below the middle of what is on the screen. */
function fromScreen(stops: readonly HTMLElement[], step: 1 | -1): number {
  const middle = innerHeight / 3;
  const below = stops.findIndex((stop) => stop.getBoundingClientRect().top > middle);
  const next = below < 0 ? stops.length : below;
  return step === 1 ? next % stops.length : (next - 1 + stops.length) % stops.length;
}

export function go(step: 1 | -1): void {
  const stops = all(".prov[data-walk]");
  if (stops.length === 0) return;
  const place = here?.isConnected ? stops.indexOf(here) : -1;
  const index = place < 0 ? fromScreen(stops, step) : neighbour(stops.length, place, step);
  const target = stops[index];
  if (!target) return;
  settle(target);
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  const told = `${index + 1} / ${stops.length}`;
  const counter = document.getElementById("walked");
  if (counter) counter.textContent = told;
  announce(`${target.dataset["name"] ?? ""}, ${told}`);
}

export function start(): void {
  onClick("[data-do=next]", () => go(1));
  onClick("[data-do=previous]", () => go(-1));
  document.addEventListener("pointerdown", (event) => {
    const provision = closest(event, ".prov");
    if (provision && provision !== here) settle(null);
  });
}
