// The margin. A note and the words it hangs on light up together; a code says whose it is when it is
// pressed, since a finger cannot point.

import { all, closest, onClick } from "../dom.ts";
import { tell } from "./tell.ts";

function toggle(event: Event, lit: boolean): void {
  const key = closest(event, "[data-n]")?.dataset["n"];
  if (!key) return;
  for (const id of key.split(" ")) {
    for (const one of all(`[data-n~="${CSS.escape(id)}"]`)) one.classList.toggle("lit", lit);
  }
}

function tellWhose(code: HTMLElement): void {
  const name = code.firstChild?.textContent?.trim() ?? "";
  if (!name.startsWith(code.title)) tell(code.closest(".opt"), `${name}: ${code.title}`);
}

export function start(): void {
  onClick("#room .who .code[title]", tellWhose);
  document.addEventListener("pointerover", (event) => toggle(event, true));
  document.addEventListener("pointerout", (event) => toggle(event, false));
}
