// How one's work and the line stand, said in the bar; closing the tab with unsent work warns.

import type { Saying } from "../writing/contract.ts";
import { onWatching, watched } from "./live.ts";
import { say } from "./words.ts";

const CALM_MS = 400; // "Saving" and back within a blink is no news

let later = 0;

function words(saying: Saying): string {
  switch (saying.kind) {
    case "saved":
      return say("saved");
    case "saving":
      return say("saving");
    case "offline":
      return saying.kept > 0 ? say("kept", { n: saying.kept }) : say("offline");
    case "catching up":
      return say("catching");
    case "not allowed":
      return say("notAllowed");
  }
}

function show(saying: Saying): void {
  const place = document.getElementById("conn");
  if (!place) return;
  const told = words(saying);
  if (place.textContent === told) return;
  place.dataset["s"] = saying.kind;
  place.textContent = told;
}

function told(saying: Saying): void {
  clearTimeout(later);
  document.getElementById("conn")?.toggleAttribute("data-unsent", isUnsent());
  const isCalm = saying.kind === "saving" || saying.kind === "catching up";
  if (!isCalm) show(saying);
  else later = setTimeout(() => show(watched()?.saying ?? saying), CALM_MS);
}

function isUnsent(): boolean {
  const saying = watched()?.saying;
  return saying?.kind === "saving" || (saying?.kind === "offline" && saying.kept > 0);
}

export function start(): void {
  if (!document.getElementById("conn")) return;
  onWatching((watching) => {
    watching.onSaying(told);
    watching.onWelcome(() => {
      const line = document.getElementById("line");
      if (line) line.hidden = false;
    });
  });
  addEventListener("beforeunload", (event) => {
    if (isUnsent()) event.preventDefault();
  });
}
