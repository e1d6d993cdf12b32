// Two buttons, "Write" and "More", lent to the option one is at.

import { closest, onClick } from "../dom.ts";
import { run } from "./deeds.ts";
import { onWatching } from "./live.ts";
import { openMenu } from "./menu.ts";
import { say } from "./words.ts";
import { mayWrite } from "./write.ts";

let lent: HTMLElement[] = [];
const shelf = document.createElement("span"); // for the second option and those below it

/** Two buttons, lent to the option one is at; at the first they stand beside its history. */
function lend(event: Event): void {
  const option = closest(event, ".opt");
  const margin = option?.querySelector(":scope > .who");
  if (!option || !margin || lent.length === 0) return;
  const place = margin.querySelector(".acts") ?? shelf;
  if (lent[0]?.parentElement === place && margin.contains(place)) return;
  if (event.type === "pointerover" && lent.some((one) => one === document.activeElement)) return;
  if (place === shelf) margin.append(shelf);
  else shelf.remove();
  const name = option.closest<HTMLElement>(".prov")?.dataset["name"] ?? "";
  for (const button of lent) button.setAttribute("aria-label", `${button.textContent}: ${name}`);
  place.append(...lent);
}

function makeButtons(): void {
  if (lent.length > 0 || !mayWrite()) return;
  lent = (["write", "menu"] as const).map((name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset["made"] = "";
    button.dataset["do"] = name === "write" ? "write" : "deeds";
    button.textContent = say(name);
    if (name === "menu") button.setAttribute("aria-haspopup", "menu");
    return button;
  });
}

export function start(): void {
  if (!document.getElementById("room")) return;
  shelf.className = "acts";
  shelf.dataset["made"] = "";
  onWatching((watching) => watching.onWelcome(makeButtons));
  document.addEventListener("pointerover", lend);
  document.addEventListener("focusin", lend);
  onClick("[data-do=write]", (button) => {
    run("write", button.closest<HTMLElement>(".prov"), button.closest<HTMLElement>(".opt"));
  });
  onClick("[data-do=deeds]", (button) => {
    openMenu(button.closest<HTMLElement>(".prov"), button.closest<HTMLElement>(".opt"), button);
  });
}
