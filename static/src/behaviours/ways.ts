// The bar: its menus close when one is done with them, and every page of a draft is two keys away.
// Shift G and then a letter, since single letters are acts of the page one is on.

import { all, closest } from "../dom.ts";
import { stored } from "../preferences.ts";

const PATIENCE_MS = 2_000;
const MENUS = ".bar details.menu";

let asked = 0; // when "where to" was asked, by the event's clock; 0 where it was not

function isWriting(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : null;
  const words = "input:not([type=checkbox]):not([type=radio]), select, textarea, dialog *";
  return target !== null && (target.isContentEditable || target.matches(words));
}

/** A menu that is open closes, and gives the focus back to its word. */
function close(): boolean {
  const menu = document.querySelector<HTMLDetailsElement>(`${MENUS}[open]`);
  if (!menu) return false;
  menu.open = false;
  menu.querySelector("summary")?.focus();
  return true;
}

/** Whether the key was the bar's. What follows "where to" is nobody else's, also where it leads nowhere. */
function pressed(event: KeyboardEvent): boolean {
  if (event.key === "Escape") return close();
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event) || !stored().keys) return false;
  const letter = event.key.toLowerCase();
  if (asked > 0 && event.timeStamp - asked < PATIENCE_MS && /^[a-z]$/u.test(letter)) {
    asked = 0;
    document.querySelector<HTMLAnchorElement>(`.bar [data-go="${letter}"]`)?.click();
    return true;
  }
  if (event.key !== "G" || !document.querySelector(".bar [data-go]")) return false;
  asked = event.timeStamp;
  return true;
}

export function start(): void {
  // Before the page's own keys: these would take the second letter.
  document.addEventListener(
    "keydown",
    (event) => {
      if (!pressed(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  document.addEventListener("pointerdown", (event) => {
    const inside = closest(event, MENUS);
    for (const menu of all<HTMLDetailsElement>(`${MENUS}[open]`)) {
      if (menu !== inside) menu.open = false;
    }
  });
}
