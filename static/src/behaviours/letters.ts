// The one weighty button of a page has a letter. The letter leads to the button and Enter presses it:
// nothing is put before others by a letter alone.

import { all, closest } from "../dom.ts";
import { stored } from "../preferences.ts";

function pressed(event: KeyboardEvent): void {
  const busy = event.ctrlKey || event.metaKey || event.altKey;
  const writes = closest(event, "input:not([type=checkbox]):not([type=radio]), select, textarea, dialog");
  if (busy || writes || !stored().keys) return;
  const button = all<HTMLButtonElement>("button[data-letter]").find((one) => one.dataset["letter"] === event.key);
  if (!button || button.disabled) return;
  button.focus();
  event.preventDefault();
}

export function start(): void {
  if (document.querySelector("[data-letter]")) document.addEventListener("keydown", pressed);
}
