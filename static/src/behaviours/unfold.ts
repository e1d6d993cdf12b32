// What a narrow screen has no room for opens over the paper, below a word in the line above it.
//
// - One at a time. It closes by its word, by Escape, by a choice in it and by a press elsewhere.
// - The paper does not move.

import { all, closest, onClick, SWAPPED } from "../dom.ts";

function word(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-unfolds][aria-expanded=true]");
}

function sheetOf(button: HTMLElement): HTMLElement | null {
  return document.getElementById(button.dataset["unfolds"] ?? "");
}

/** Closes what is open, and gives the focus back to its word. */
export function fold(back = true): boolean {
  const button = word();
  if (!button) return false;
  button.setAttribute("aria-expanded", "false");
  shut();
  if (back) button.focus({ preventScroll: true });
  return true;
}

function shut(): void {
  for (const sheet of all(".unfolded")) {
    for (const details of all<HTMLDetailsElement>("details", sheet)) details.open = false;
    sheet.classList.remove("unfolded");
  }
}

function unfold(button: HTMLElement): void {
  fold(false);
  const sheet = sheetOf(button);
  if (!sheet) return;
  button.setAttribute("aria-expanded", "true");
  sheet.style.setProperty("--under", `${button.closest(".ctl")?.getBoundingClientRect().bottom ?? 0}px`);
  sheet.classList.add("unfolded"); // first of all: over the paper it takes no room in it
  for (const details of all<HTMLDetailsElement>("details", sheet)) details.open = true;
  const here = sheet.querySelector<HTMLElement>("[aria-current]") ?? sheet.querySelector("a");
  here?.focus({ preventScroll: true });
  here?.scrollIntoView({ block: "nearest" });
}

export function start(): void {
  if (!document.getElementById("room")) return;
  onClick("[data-unfolds]", (button) => {
    if (button.getAttribute("aria-expanded") === "true") fold();
    else unfold(button);
  });
  onClick(".unfolded a", () => fold(false));
  document.addEventListener("pointerdown", (event) => {
    if (!closest(event, ".unfolded, [data-unfolds]")) fold(false);
  });
  document.addEventListener(SWAPPED, shut);
}
