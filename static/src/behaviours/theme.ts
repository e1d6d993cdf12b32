// The light and dark switch. Its word is what a press gives.

import { all, onClick } from "../dom.ts";
import { change } from "../preferences.ts";

function isDark(): boolean {
  return getComputedStyle(document.documentElement).colorScheme === "dark";
}

function name(): void {
  const words = document.body.dataset;
  const label = (isDark() ? words["sayLight"] : words["sayDark"]) ?? "";
  for (const button of all("[data-do=theme]")) button.textContent = label;
}

export function start(): void {
  name();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  onClick("[data-do=theme]", () => {
    change({ theme: isDark() ? "light" : "dark" });
    name();
  });
}
