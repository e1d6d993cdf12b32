// The checks: counts what is ticked, walks from finding to finding, and says when the draft has
// changed. The list itself is never swapped under somebody who is ticking: it is asked for anew.

import { all, announce, closest, fetchPage, onClick } from "../dom.ts";
import { openLine } from "../live/line.ts";
import { Reader } from "../live/reader.ts";
import { stored } from "../preferences.ts";

function boxes(): HTMLInputElement[] {
  return all<HTMLInputElement>("#checks input[name=mend]");
}

/** The words of the foot: how many mends are ticked, and what they come to. */
function count(): void {
  const place = document.getElementById("ticked");
  if (!place) return;
  const every = boxes();
  const ticked = every.filter((box) => box.checked);
  const places = [...new Set(ticked.flatMap((box) => (box.dataset["places"] ?? "").split(" ")))];
  const agreed = places.filter((place) => place.endsWith("!"));
  const words = ticked.length > 0 ? place.dataset["some"] : place.dataset["none"];
  place.textContent = (words ?? "")
    .replace("{n}", String(ticked.length))
    .replace("{all}", String(every.length))
    .replace("{changes}", String(places.length))
    .replace("{agreed}", String(agreed.length));
}

/** Ticks these, or none of them where all were ticked. What yields to a list's numbering waits. */
function toggle(held: readonly HTMLInputElement[]): void {
  const able = held.filter((box) => !("yields" in box.dataset));
  const tick = able.some((box) => !box.checked);
  for (const box of able) box.checked = tick;
  count();
}

function tickAll(button: HTMLElement): void {
  const kind = button.closest(".kind");
  if (kind) toggle(all<HTMLInputElement>("input[name=mend]", kind));
}

function tickEditorial(): void {
  toggle(boxes().filter((box) => "editorial" in box.dataset));
}

function here(findings: readonly HTMLElement[]): number {
  return findings.findIndex((finding) => finding.contains(document.activeElement));
}

function walk(by: number): void {
  const findings = all(".find");
  const at = here(findings);
  const next = findings[at < 0 ? 0 : Math.min(findings.length - 1, Math.max(0, at + by))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

function tick(): void {
  const findings = all(".find");
  const box = findings[here(findings)]?.querySelector<HTMLInputElement>("input[name=mend]");
  if (!box) return;
  box.checked = !box.checked;
  count();
}

function pressed(event: KeyboardEvent): void {
  const busy = event.ctrlKey || event.metaKey || event.altKey;
  if (busy || closest(event, "input:not([type=checkbox]), select, textarea") || !stored().keys) return;
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key === "x") tick();
  else if (event.key === "e") tickEditorial();
}

/** Says once that what is shown is no longer what is. */
function stale(): void {
  const place = document.getElementById("stale");
  if (!place || place.textContent) return;
  const again = document.createElement("button");
  again.type = "button";
  again.className = "btn";
  again.dataset["do"] = "look-again";
  again.textContent = place.dataset["doSay"] ?? "";
  place.append(place.dataset["say"] ?? "", " ", again);
  announce(place.dataset["say"] ?? "");
}

export function start(): void {
  const place = document.getElementById("stale");
  if (!place) return;
  count();
  document.addEventListener("change", (event) => {
    if (closest(event, "#checks")) count();
  });
  document.addEventListener("keydown", pressed);
  onClick("[data-do=tick-all]", tickAll);
  onClick("[data-do=tick-editorial]", tickEditorial);
  onClick("[data-do=look-again]", () => location.reload());
  if (place.dataset["live"]) listen(place.dataset["live"], Number(place.dataset["seq"] ?? 0));
}

/** Hears of everything that happens after `seq`. What was missed while the line was torn happened. */
function listen(address: string, seq: number): void {
  const reader = new Reader((message) => line.say(message), seq, null);
  const line = openLine(address, reader);
  reader.onEvent(stale);
  line.onTorn(async () => {
    const fresh = await fetchPage(location.href);
    stale();
    return Number(fresh?.getElementById("stale")?.dataset["seq"] ?? seq);
  });
  line.onTaken(() => location.reload());
}
