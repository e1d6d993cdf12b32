// How one's work and the line stand, said in the bar; closing the tab with unsent work warns.
//
// - A line that is refused does not say why. Who is only signed out is told so, and shown the way in:
//   their work waits for them on this machine, and need not be warned about.

import { onClick } from "../dom.ts";
import type { Saying } from "../writing/contract.ts";
import { onWatching, watched } from "./live.ts";
import { say } from "./words.ts";

const CALM_MS = 400; // "Saving", or "not kept yet", and back within a blink is no news

let later = 0;
let isSignedOut = false;

function words(saying: Saying): string {
  switch (saying.kind) {
    case "saved":
      return say("saved");
    case "saving":
      return say("saving");
    case "held":
      return say("held", { n: saying.unsent });
    case "offline":
      return saying.unsent === 0 ? say("offline") : withWork(say("offline"), saying);
    case "catching up":
      return say("catching");
    case "not allowed":
      if (isSignedOut) return saying.unsent === 0 ? say("signedOut") : withWork(say("signedOut"), saying);
      return saying.unsent === 0 ? say("notAllowed") : withWork(say("notLetIn"), saying);
  }
}

function withWork(state: string, { unsent, isKept }: { unsent: number; isKept: boolean }): string {
  return say(isKept ? "kept" : "notKept", { s: state, n: unsent });
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
  const isKept = !("isKept" in saying) || saying.isKept;
  const place = document.getElementById("conn");
  place?.toggleAttribute("data-unsent", isUnsent());
  place?.toggleAttribute("data-unkept", !isKept);
  const isCalm = saying.kind === "saving" || saying.kind === "catching up" || (!isKept && saying.unsent > 0);
  if (saying.kind === "not allowed") void askWhy();
  if (isCalm) {
    later ||= setTimeout(() => stands(watched()?.saying ?? saying), CALM_MS);
  } else stands(saying);
}

function stands(saying: Saying): void {
  clearTimeout(later);
  later = 0;
  show(saying);
}

let asked: Promise<Response | null> | null = null;

/** Who is signed out is sent from every page to the one where one signs in. */
async function askWhy(): Promise<void> {
  if (asked) return;
  asked = fetch(location.href, { method: "HEAD", redirect: "manual" }).catch(() => null);
  isSignedOut = (await asked)?.type === "opaqueredirect";
  const way = document.getElementById("sign-in-again");
  if (way) way.hidden = !isSignedOut;
  const saying = watched()?.saying;
  if (saying) stands(saying);
}

function isUnsent(): boolean {
  const saying = watched()?.saying;
  if (saying?.kind === "not allowed") return saying.unsent > 0 && !saying.isKept;
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
  onClick("#sign-in-again", () => location.reload());
  addEventListener("beforeunload", (event) => {
    if (isUnsent()) event.preventDefault();
  });
}
