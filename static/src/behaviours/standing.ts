// How one's work and the line stand, said in the bar; closing the tab with unsent work warns.

import type { Saying } from "../writing/contract.ts";
import { onWatching, watched } from "./live.ts";
import { say } from "./words.ts";

const CALM_MS = 400; // "Saving", or "not kept yet", and back within a blink is no news

let later = 0;

function words(saying: Saying): string {
  switch (saying.kind) {
    case "saved":
      return say("saved");
    case "saving":
      return say("saving");
    case "offline":
      if (saying.unsent === 0) return say("offline");
      return say(saying.isKept ? "kept" : "notKept", { n: saying.unsent });
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
  const isKept = saying.kind !== "offline" || saying.isKept;
  const place = document.getElementById("conn");
  place?.toggleAttribute("data-unsent", isUnsent());
  place?.toggleAttribute("data-unkept", !isKept);
  const isCalm = saying.kind === "saving" || saying.kind === "catching up" || (!isKept && saying.unsent > 0);
  if (isCalm) {
    later ||= setTimeout(() => stands(watched()?.saying ?? saying), CALM_MS);
  } else stands(saying);
}

function stands(saying: Saying): void {
  clearTimeout(later);
  later = 0;
  show(saying);
}

function isUnsent(): boolean {
  const saying = watched()?.saying;
  return saying?.kind === "saving" || (saying?.kind === "offline" && saying.unsent > 0);
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
