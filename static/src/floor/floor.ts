// The floor view: what the state says is shown, keys and links change it, the line leads it.

import { all, calm, closest, isModified, onClick } from "../dom.ts";
import { change, stored } from "../preferences.ts";
import { chairIn, listen, look } from "./live.ts";
import { against, floor, keys, onResize, show, stops } from "./screen.ts";
import { onThought } from "./thought.ts";
import { neighbour, nextStop, query, reduce, type Happening, type State } from "./state.ts";

let state: State = { follows: true, led: null, here: null };
let beside: string | null = null; // the provision last shown by itself

function happen(happening: Happening): void {
  const before = state;
  state = reduce(state, happening);
  const moved = before.here !== state.here || before.follows !== state.follows;
  if (!moved) return;
  if (before.here !== null) beside = before.here;
  show(state, true);
  if (state.here === null) toPlace(beside ? document.getElementById(beside) : null);
  const path = document.querySelector<HTMLAnchorElement>("#floor-follow")?.pathname ?? location.pathname;
  history.replaceState(null, "", path + query(state, against()));
  look();
}

/** In the running text: to a place of it, without taking it from under the reader's eyes. */
function toPlace(target: HTMLElement | null): void {
  if (!target || state.here !== null) return;
  const { top, bottom } = target.getBoundingClientRect();
  if (top >= 0 && bottom <= innerHeight * 0.8) return;
  target.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
}

function browse(to: string | null): void {
  if (to !== null) happen({ kind: "browsed", to });
}

function step(by: 1 | -1): void {
  browse(neighbour(keys(), state.here ?? beside, by));
}

function stop(by: 1 | -1): void {
  browse(nextStop(keys(), stops(), state.here ?? beside, by));
}

function text(): void {
  const to = state.here === null ? (beside ?? state.led ?? keys()[0] ?? null) : null;
  happen({ kind: "browsed", to });
}

function follow(): void {
  happen({ kind: "followed" });
  if (state.here === null) toPlace(chairIn());
}

/** A page up or down scrolls as long as there is something to scroll. */
function pageBy(by: 1 | -1): boolean {
  const main = floor();
  if (!main || state.here === null) return false;
  const room = by === 1 ? main.scrollHeight - main.clientHeight - main.scrollTop : main.scrollTop;
  if (room > 2) return false;
  step(by);
  return true;
}

function sheet(): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>("dialog#keys");
}

/** Towards the end of the lines: where the page runs from right to left, that is left. */
function along(key: string): 1 | -1 {
  const rtl = document.documentElement.dir === "rtl";
  return (key === "ArrowRight") !== rtl ? 1 : -1;
}

/** Whether the key was ours. */
function pressed(key: string): boolean {
  if (key === "ArrowRight" || key === "ArrowLeft") step(along(key));
  else if (key === "PageDown" || key === "PageUp") return pageBy(key === "PageDown" ? 1 : -1);
  else if (stored().keys) return letter(key);
  else return false;
  return true;
}

function letter(key: string): boolean {
  const act: Readonly<Record<string, () => void>> = {
    j: () => stop(1),
    k: () => stop(-1),
    f: follow,
    t: text,
    v: () => document.getElementById("floor-way")?.click(),
    p: () => document.getElementById("floor-paper")?.click(),
    "?": () => sheet()?.showModal(),
  };
  act[key]?.();
  return key in act;
}

function wireKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (sheet()?.open || event.ctrlKey || event.metaKey || event.altKey) return;
    if (pressed(event.key)) event.preventDefault();
  });
  onClick("[data-do=keys]", () => sheet()?.showModal());
  for (const box of all<HTMLInputElement>("dialog#keys input[name=keys]")) box.checked = stored().keys;
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box instanceof HTMLInputElement && box.name === "keys") change({ keys: box.checked });
  });
}

function wireLinks(): void {
  const acts: Readonly<Record<string, () => void>> = {
    "floor-before": () => step(-1),
    "floor-after": () => step(1),
    "floor-text": text,
    "floor-follow": follow,
  };
  document.addEventListener("click", (event) => {
    const act = acts[closest(event, ".ways a")?.id ?? ""];
    if (!act || isModified(event)) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("click", (event) => {
    const link = closest(event, "#floor-way");
    if (link instanceof HTMLAnchorElement && !isModified(event)) {
      link.href = link.pathname + query(state, against() === "clean" ? "base" : "clean");
    }
    const paper = closest(event, "#floor-paper");
    if (paper instanceof HTMLAnchorElement) paper.hash = state.here ?? beside ?? "";
  }, true);
}

export function start(): void {
  const main = floor();
  if (!main) return;
  for (const on of all(".paper .on")) on.replaceWith(...on.childNodes);
  const { here, led, follows } = main.dataset;
  state = { follows: follows !== undefined, led: led || null, here: here || null };
  show(state, false);
  onResize();
  onThought(() => show(state, false));
  wireKeys();
  wireLinks();
  listen({
    led: (to) => happen({ kind: "led", to }),
    changed: () => {
      show(state, false);
      if (state.follows) toPlace(chairIn());
    },
    gone: (key) => happen({ kind: "gone", key }),
  });
}
