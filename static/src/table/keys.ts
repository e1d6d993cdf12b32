// The keys of the table. They can be switched off, and never act where one writes.

import { onClick } from "../dom.ts";
import { change, stored } from "../preferences.ts";
import * as bar from "./bar.ts";
import * as brackets from "./brackets.ts";
import * as forks from "./forks.ts";
import type { Act } from "./deeds.ts";
import { main } from "./lying.ts";
import { step } from "./page.ts";
import { hidePanel } from "./panel.ts";

function sheet(): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>("dialog#keys");
}

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches("input:not([type=checkbox]):not([type=radio]), select, textarea");
}

/** The provision itself is chosen in the index, for what is done to many. */
function pick(): void {
  const key = main()?.dataset["provision"] ?? "";
  const box = document.querySelector<HTMLInputElement>(`#index input[name=pick][value="${key}"]`);
  box?.click();
}

function menu(): void {
  const more = document.querySelector<HTMLDetailsElement>("#more");
  if (!more) return;
  more.open = !more.open;
  if (more.open) more.querySelector<HTMLElement>("[role=menuitem]")?.focus();
}

function close(): void {
  if (hidePanel()) return;
  const more = document.querySelector<HTMLDetailsElement>("details.menu[open]");
  if (more) {
    more.open = false;
    more.querySelector("summary")?.focus();
    return;
  }
  bar.chooseNothing();
}

function filters(): void {
  const fold = document.querySelector<HTMLDetailsElement>("#index > details");
  const place = document.querySelector<HTMLDetailsElement>("#index .filters");
  if (!place) return;
  if (fold) fold.open = true;
  place.open = true;
  place.querySelector<HTMLElement>("select")?.focus();
}

const DO: Readonly<Record<string, () => void>> = {
  j: () => void step(1),
  k: () => void step(-1),
  "]": () => brackets.walk(1),
  "[": () => brackets.walk(-1),
  ";": () => forks.walk(1),
  ",": () => forks.walk(-1),
  m: menu,
  "/": filters,
  ".": pick,
  "*": () => document.querySelector<HTMLInputElement>("#index [data-do=pick-all]")?.click(),
  "?": () => sheet()?.showModal(),
  U: () => void bar.undo(true),
  u: () => void bar.undo(false),
};

function pressed(event: KeyboardEvent): void {
  if (sheet()?.open) return;
  if (event.key === "Escape") {
    close();
    return;
  }
  if (inMenu(event)) return;
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  if (!stored().keys || modified || isWriting(event.target)) return;
  const key = event.key;
  const act = document.querySelector<HTMLElement>(`#cmd [data-act][data-key="${CSS.escape(key)}"]`);
  const doing = DO[key];
  if (doing) doing();
  else if (act) void bar.press(act.dataset["act"] as Act);
  else if (/^\d$/u.test(key)) bar.choose(key);
  else return;
  event.preventDefault();
}

/** Arrows walk an open menu; the letters of its lines are theirs. */
function inMenu(event: KeyboardEvent): boolean {
  const more = document.querySelector<HTMLDetailsElement>("#more[open]");
  if (!more) return false;
  const items = [...more.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const at = items.findIndex((item) => item === document.activeElement);
  const to: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1 + items.length,
    Home: 0,
    End: items.length - 1,
  };
  const place = to[event.key];
  if (place === undefined) {
    const item = items.find((one) => one.dataset["key"] === event.key);
    if (!item) return event.key === "Enter" || event.key === " " || event.key === "Tab";
    item.click();
  } else items[place % items.length]?.focus();
  event.preventDefault();
  return true;
}

export function start(): void {
  brackets.start();
  forks.start();
  document.addEventListener("keydown", pressed);
  onClick("[data-do=keys]", () => sheet()?.showModal());
  onClick("#cmd [data-do=next]", () => void step(1));
  onClick("#cmd [data-do=previous]", () => void step(-1));
  document.addEventListener("pointerdown", (event) => {
    const more = document.querySelector<HTMLDetailsElement>("#more[open]");
    if (more && event.target instanceof Node && !more.contains(event.target)) more.open = false;
  });
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement)) return;
    if (box.name === "keys") change({ keys: box.checked });
    if (box.dataset["do"] === "pick-all") bar.pickAll(box.checked);
  });
}
