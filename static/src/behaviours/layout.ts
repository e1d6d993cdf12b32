// How the paper is laid out and read out: options side by side, the redline in words.

import { all, announce, steady, SWAPPED } from "../dom.ts";
import { change, stored } from "../preferences.ts";

function show(): void {
  const { options, spoken, keys } = stored();
  for (const radio of all<HTMLInputElement>("input[name=options]")) {
    radio.checked = radio.value === options;
  }
  for (const box of all<HTMLInputElement>("input[name=spoken]")) box.checked = spoken;
  for (const box of all<HTMLInputElement>("input[name=keys]")) box.checked = keys;
}

/** The words of the spoken redline come from the page, where they are translated. */
function lendWords(): void {
  const { sayIns, sayDel, sayEnd } = document.body.dataset;
  const style = document.documentElement.style;
  style.setProperty("--say-ins", quoted(`${sayIns ?? ""} `));
  style.setProperty("--say-del", quoted(`${sayDel ?? ""} `));
  style.setProperty("--say-ins-end", quoted(` ${sayEnd ?? ""} `));
  style.setProperty("--say-del-end", quoted(` ${sayEnd ?? ""} `));
}

function quoted(words: string): string {
  return `"${words.replaceAll(/["\\\n]/g, "")}"`;
}

export function toggle(): void {
  const options = stored().options === "side" ? "below" : "side";
  steady(() => change({ options }));
  show();
  const chosen = document.querySelector(`input[name=options][value=${options}]`);
  announce(chosen?.parentElement?.textContent ?? "");
}

function changed(event: Event): void {
  const box = event.target;
  if (!(box instanceof HTMLInputElement)) return;
  if (box.name === "options" && box.closest(".menu")) {
    steady(() => change({ options: box.value === "side" ? "side" : "below" }));
  } else if (box.name === "spoken") change({ spoken: box.checked });
}

/** A menu closes when one turns to something else. */
function closeMenus(event: Event): void {
  for (const menu of all<HTMLDetailsElement>("details.menu[open]")) {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  }
}

export function start(): void {
  if (!document.getElementById("room")) return;
  lendWords();
  show();
  document.addEventListener("change", changed);
  document.addEventListener(SWAPPED, show);
  document.addEventListener("pointerdown", closeMenus);
  document.addEventListener("focusin", closeMenus);
}
