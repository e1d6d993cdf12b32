// Who is behind the numbers of the forks: one line above them, in which a wording is chosen without
// leaving them. The boxes of the wordings hold what is chosen; the line says the same.

import { all, onClick } from "../dom.ts";
import { boxes } from "./lying.ts";

function buttons(): HTMLElement[] {
  return all(".voices [data-wording]");
}

/** Says what is chosen. */
export function sync(): void {
  const chosen = new Set(boxes().filter((box) => box.checked).map((box) => box.value));
  for (const button of buttons()) {
    button.setAttribute("aria-pressed", String(chosen.has(button.dataset["wording"] ?? "")));
  }
}

/** Whether the line is on the screen: then nobody is led away from the forks to the wording itself. */
export function areInSight(): boolean {
  const box = document.querySelector(".voices")?.getBoundingClientRect();
  return box !== undefined && box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
}

export function onVoice(act: (number: string) => void): void {
  onClick(".voices [data-wording]", (button) => act(button.dataset["wording"] ?? ""));
}
