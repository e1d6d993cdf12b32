// A note in the margin and the words it hangs on light up together.

import { all, closest } from "../dom.ts";

function toggle(event: Event, lit: boolean): void {
  const key = closest(event, "[data-n]")?.dataset["n"];
  if (!key) return;
  for (const id of key.split(" ")) {
    for (const one of all(`[data-n~="${CSS.escape(id)}"]`)) one.classList.toggle("lit", lit);
  }
}

export function start(): void {
  document.addEventListener("pointerover", (event) => toggle(event, true));
  document.addEventListener("pointerout", (event) => toggle(event, false));
}
