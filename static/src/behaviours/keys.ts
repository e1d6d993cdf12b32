// Single keys of the reading room. They can be switched off, and never act where one writes.

import { all, onClick } from "../dom.ts";
import { change, stored } from "../preferences.ts";
import { actOf, type Act } from "./acts.ts";
import * as behind from "./behind.ts";
import * as brackets from "./brackets.ts";
import { chosen } from "./chosen.ts";
import * as deeds from "./deeds.ts";
import * as history from "./history.ts";
import * as layout from "./layout.ts";
import * as links from "./links.ts";
import * as menu from "./menu.ts";
import * as settle from "./settle.ts";
import { mayAct, mayActOn } from "./own.ts";
import { tell } from "./tell.ts";
import * as tray from "./tray.ts";
import * as unfold from "./unfold.ts";
import * as undoing from "./undoing.ts";
import * as views from "./views.ts";
import * as walk from "./walk.ts";
import { say } from "./words.ts";
import * as write from "./write.ts";

function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input, select, textarea");
}

/** Enter is a link's and a button's own; on a provision itself it begins to write. Delete likewise. */
function isProvision(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches(".prov");
}

const OF_PROVISIONS = ["Enter", "Delete"];

/** The provision that has the focus goes. */
function remove(): void {
  const article = walk.current();
  if (mayActOn("provision.delete", article)) deeds.run("delete", article, null);
  else tell(article, say("notYours"));
}

function sheet(): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>("dialog#keys");
}

/** Brackets around what is selected, for who may set them; otherwise the way to the next bracket. */
function bracketOr(step: 1 | -1): void {
  const selected = chosen();
  const article = selected?.first.closest<HTMLElement>(".prov");
  if (article && mayAct("bracket.pair")) deeds.run("bracket", article, selected?.first ?? null);
  else brackets.walk(step);
}

const DO: Readonly<Record<Act, () => void>> = {
  next: () => walk.go(1),
  previous: () => walk.go(-1),
  "bracket-next": () => bracketOr(1),
  "bracket-previous": () => bracketOr(-1),
  view: views.next,
  layout: layout.toggle,
  history: history.open,
  copy: () => void links.copy(),
  write: write.openCurrent,
  menu: menu.openCurrent,
  pending: settle.next,
  behind: () => void behind.attributeSpan(walk.current()),
  delete: remove,
  undo: () => void undoing.undo(walk.current()),
  tray: tray.go,
  keys: () => sheet()?.showModal(),
  close: () => {
    if (menu.close() || unfold.fold() || history.close()) return;
    for (const menu of all<HTMLDetailsElement>("details.menu[open]")) menu.open = false;
  },
};

export function start(): void {
  if (!document.getElementById("room")) return;
  document.addEventListener("keydown", (event) => {
    if (sheet()?.open) return;
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    const press = { key: event.key, modified, writing: isWriting(event.target) };
    const act = actOf(press, stored().keys);
    if (!act || (OF_PROVISIONS.includes(event.key) && !isProvision(event.target))) return;
    if (act !== "close") event.preventDefault();
    DO[act]();
  });
  onClick("[data-do=keys]", DO.keys);
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box instanceof HTMLInputElement && box.name === "keys") {
      change({ keys: box.checked });
      for (const other of all<HTMLInputElement>("input[name=keys]")) other.checked = box.checked;
    }
  });
}
