// Every provision has a link. One button, lent to the provision one is at, copies it.

import { announce, closest, onClick } from "../dom.ts";
import { current } from "./walk.ts";

let button: HTMLButtonElement | null = null;

function words(): DOMStringMap {
  return document.getElementById("room")?.dataset ?? {};
}

/** Copies the address of the provision; the clipboard may be closed to us. */
export async function copy(provision: HTMLElement | null = current()): Promise<void> {
  if (!provision) return;
  const url = new URL(`#${provision.id}`, location.href).href;
  try {
    await navigator.clipboard.writeText(url);
    say(words()["sayCopied"] ?? "");
  } catch {
    location.hash = provision.id; // It stands in the address line, and can be copied there.
    say(words()["sayInAddress"] ?? "");
  }
}

function say(sentence: string): void {
  if (button?.isConnected) button.textContent = sentence;
  announce(sentence);
}

function lend(event: Event): void {
  const place = closest(event, ".prov")?.querySelector(".acts");
  if (!button || !place || button.parentElement === place) return;
  if (document.body.dataset["writes"] !== undefined) {
    button.remove(); // who may write finds it in the menu, where there is room
    return;
  }
  if (event.type === "pointerover" && button.contains(document.activeElement)) return;
  button.textContent = words()["sayCopy"] ?? "";
  place.append(button);
}

export function start(): void {
  if (!document.getElementById("room")) return;
  button = document.createElement("button");
  button.type = "button";
  button.dataset["do"] = "copy";
  document.addEventListener("pointerover", lend);
  document.addEventListener("focusin", lend);
  onClick("[data-do=copy]", (element) => void copy(element.closest<HTMLElement>(".prov")));
}
