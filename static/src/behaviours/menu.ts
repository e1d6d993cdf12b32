// The menu of what can be done with a provision, with a key for each line.

import { all, closest } from "../dom.ts";
import { last } from "./acted.ts";
import { areWordsSelected } from "./behind.ts";
import { chosen } from "./chosen.ts";
import { isClosed } from "./closed.ts";
import { run } from "./deeds.ts";
import { watched } from "./live.ts";
import { mayAct, mayActOn } from "./own.ts";
import { maySettle } from "./selected.ts";
import * as settling from "./settling.ts";
import { current } from "./walk.ts";
import { say } from "./words.ts";
import * as write from "./write.ts";

let menu: HTMLElement | null = null;
let opener: HTMLElement | null = null;

export function openMenu(
  article: HTMLElement | null,
  option: HTMLElement | null,
  from: HTMLElement | null = null,
): void {
  close(false);
  const template = document.getElementById("provision-menu");
  const made = template instanceof HTMLTemplateElement
    ? template.content.firstElementChild?.cloneNode(true)
    : null;
  if (!article || !(made instanceof HTMLElement) || !watched()?.you) return;
  opener = from ?? (document.activeElement instanceof HTMLElement ? document.activeElement : null);
  const target = option ?? article.querySelector<HTMLElement>(".opt");
  prune(made, article, target);
  if (target && write.isSilent(target)) made.querySelector("[data-deed=write]")?.remove();
  const name = made.querySelector("[data-name]");
  if (name) name.textContent = article.dataset["name"] ?? "";
  made.dataset["made"] = "";
  made.setAttribute("aria-label", say("menuOf", { s: article.dataset["name"] ?? "" }));
  (target?.querySelector(".tx") ?? article).append(made);
  menu = made;
  made.addEventListener("click", (event) => picked(event, article, target));
  made.addEventListener("keydown", (event) => pressed(event, made));
  made.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !made.contains(event.relatedTarget)) close(false);
  });
  lines(made)[0]?.focus({ preventScroll: true });
  made.scrollIntoView({ block: "nearest" });
}

/** Only what the person may do, and what makes sense here. */
function prune(made: HTMLElement, article: HTMLElement, option: HTMLElement | null): void {
  const closed = isClosed(article);
  for (const line of all("[data-deed]", made)) {
    const needs = line.dataset["needs"];
    const closedOnly = "closed" in line.dataset;
    const on = needs === "option.remove" ? option : article;
    const fits = needs ? mayActOn(needs, on) : write.mayWrite();
    const away = "live" in line.dataset && !write.written();
    const nothing =
      ("selected" in line.dataset && !maySettle(line.dataset["deed"] ?? "")) ||
      ("words" in line.dataset && !areWordsSelected()) ||
      ("contested" in line.dataset && !settling.isContested(article)) ||
      ("acted" in line.dataset && last() === null) ||
      ("several" in line.dataset && !settling.areSeveral(article)) ||
      ("forked" in line.dataset && !settling.isForked(option));
    const other = line.dataset["deed"] === "ask_reopen" && mayAct("status");
    if (!fits || away || nothing || other || (closedOnly && !closed)) line.remove();
  }
  for (const rule of all("hr", made)) {
    const next = rule.nextElementSibling;
    if (!next || next.tagName === "HR") rule.remove();
  }
}

function lines(made: HTMLElement): HTMLElement[] {
  return all("[data-deed]", made);
}

export function close(back = true): boolean {
  if (!menu) return false;
  const was = menu;
  menu = null;
  was.remove();
  if (back && opener?.isConnected) opener.focus({ preventScroll: true });
  return true;
}

function picked(event: Event, article: HTMLElement, option: HTMLElement | null): void {
  const line = closest(event, "[data-deed]");
  if (!line) return;
  close();
  run(line.dataset["deed"] ?? "", article, option);
}

function pressed(event: KeyboardEvent, made: HTMLElement): void {
  const all_ = lines(made);
  const at = all_.findIndex((line) => line === document.activeElement);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1 + all_.length,
    Home: 0,
    End: all_.length - 1,
  };
  const to = steps[event.key];
  const byKey = all_.find((line) => line.dataset["key"] === event.key.toLowerCase());
  if (event.key === "Escape" || event.key === "Tab") close();
  else if (to !== undefined) all_[to % all_.length]?.focus();
  else if (byKey && !event.ctrlKey && !event.metaKey && !event.altKey) byKey.click();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Opens the menu of what is selected, or of the provision one is in. */
export function openCurrent(): void {
  const first = chosen()?.first;
  if (first) {
    openMenu(first.closest<HTMLElement>(".prov"), first);
    return;
  }
  openMenu(current(), document.activeElement?.closest<HTMLElement>(".opt") ?? null);
}

export function start(): void {
  document.addEventListener("pointerdown", (event) => {
    if (menu && event.target instanceof Node && !menu.contains(event.target)) close(false);
  });
}
