// Where each act stands at the foot: in front, or under "More".
//
// - On a wide page the acts of the row stay where they are; one from "More" joins them while it is
//   the one that what is chosen suggests.
// - On a narrow one only the few that fit what is chosen are in front; all others are under "More",
//   in their order. Nothing is to be reached by pushing a row sideways.

import { all } from "../dom.ts";
import type { Act } from "./deeds.ts";

type Name = Act | "undo";

const TABLET = matchMedia("(max-width: 1239px)");
const PHONE = matchMedia("(max-width: 760px)");

let order: readonly HTMLElement[] = []; // every act, as the page gave them
let row: ReadonlySet<string> = new Set(); // those that the page put in front
let fits: readonly Name[] = [];

const nameOf = (button: HTMLElement): string => button.dataset["act"] ?? "";

/** Puts in front what fits, the likeliest first. */
export function arrange(now: readonly Name[]): void {
  fits = now;
  const list = document.querySelector("#cmd .deeds-list");
  const more = document.querySelector("#more");
  const menu = more?.querySelector("[role=menu]");
  if (!list || !more || !menu) return;
  const held = order.find((button) => button === document.activeElement);
  const chosen = front();
  const ahead = chosen.flatMap((name) => order.filter((button) => nameOf(button) === name));
  const undo = order.find((button) => nameOf(button) === "undo");
  const steps = PHONE.matches ? null : document.querySelector("#cmd .steps");
  const rest = order.filter((button) => !ahead.includes(button) && (!steps || button !== undo));
  if (held && rest.includes(held) && !menu.contains(held)) leave(held);
  put(list, ahead, more);
  put(menu, rest, null);
  if (steps && undo) put(steps, [undo], steps.querySelector("[data-do]"));
  for (const button of order) dress(button, menu.contains(button));
  if (held && ahead.includes(held) && held !== document.activeElement) held.focus({ preventScroll: true });
}

/** An act that goes under "More" takes no focus there with it: what came of it is read instead. */
function leave(button: HTMLElement): void {
  button.blur();
  document.getElementById("effect")?.focus({ preventScroll: true });
}

function front(): readonly string[] {
  if (!TABLET.matches) return [...row, ...fits.slice(0, 1).filter((name) => !row.has(name) && name !== "undo")];
  const many = PHONE.matches ? 3 : 4;
  const inFront = PHONE.matches ? fits : fits.filter((name) => name !== "undo");
  return [...new Set([...inFront, ...row])].slice(0, many);
}

/** Moves only what does not stand there already: what is moved loses its place under a finger. */
function put(place: Element, buttons: readonly HTMLElement[], end: Element | null): void {
  let next: Element | null = end;
  for (const button of [...buttons].reverse()) {
    if (button.parentElement !== place || button.nextElementSibling !== next) place.insertBefore(button, next);
    next = button;
  }
}

function dress(button: HTMLElement, inMenu: boolean): void {
  button.classList.toggle("btn", !inMenu);
  if (inMenu) button.setAttribute("role", "menuitem");
  else button.removeAttribute("role");
}

export function start(): void {
  order = all("#cmd [data-act]");
  row = new Set(all("#cmd .deeds-list > [data-act]").map(nameOf));
  for (const query of [TABLET, PHONE]) query.addEventListener("change", () => arrange(fits));
  arrange([]);
}
