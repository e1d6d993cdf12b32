// The provision that is shown and the index beside it: fetched where one goes and where something
// has changed, and put in place so that nobody loses theirs.

import { all, announce, fetchPage } from "../dom.ts";
import { boxes, main, nameOf, picked } from "./lying.ts";
import { say } from "../behaviours/words.ts";

/** Sent when another state of the provision, or another provision, is shown. */
export const SHOWN = "drafting:case";

const here = (): string => document.getElementById("table")?.dataset["here"] ?? "";
const ahead = new Map<string, Promise<Document | null>>(); // fetched before it is asked for

function lines(): HTMLAnchorElement[] {
  return all<HTMLAnchorElement>("#contested a[data-provision]");
}

function fetchCase(key: string): Promise<Document | null> {
  return fetchPage(`${here()}${key}/`);
}

let wanted: string | undefined; // where one is on the way to: keys are faster than the line

/** Goes to a provision: the address, the index and the page all say so. */
export async function go(key: string, remember = true): Promise<void> {
  wanted = key;
  const fetched = await (ahead.get(key) ?? fetchCase(key));
  if (wanted !== key) return; // one went on meanwhile
  wanted = undefined;
  ahead.clear();
  const fresh = fetched?.querySelector<HTMLElement>(".case");
  const old = main();
  if (!fresh || !old) {
    location.assign(addressOf(key));
    return;
  }
  old.replaceWith(document.adoptNode(fresh));
  if (remember) history.pushState({ key }, "", addressOf(key));
  mark(key);
  scrollTo({ top: 0, behavior: "instant" });
  fresh.focus({ preventScroll: true });
  announce(`${fresh.dataset["name"] ?? ""}. ${document.getElementById("place")?.textContent ?? ""}`);
  document.dispatchEvent(new Event(SHOWN));
  look();
}

function addressOf(key: string): string {
  const query = new URLSearchParams(document.getElementById("index")?.dataset["query"] ?? "");
  query.set("provision", key);
  return `${here()}?${query.toString()}`;
}

/** The line of the provision in the index is marked and in sight; its place is told above it. */
export function mark(key: string): void {
  const all_ = lines();
  const at = all_.findIndex((line) => line.dataset["provision"] === key);
  for (const line of all_) line.removeAttribute("aria-current");
  all_[at]?.setAttribute("aria-current", "true");
  if (at >= 0) stood = at;
  all_[at]?.scrollIntoView({ block: "nearest" });
  const place = document.getElementById("place");
  if (place) place.textContent = at < 0 ? "" : `${say("place", { n: at + 1, o: all_.length })} · `;
  document.title = document.title.replace(/^.*? · /u, `${main()?.dataset["name"] ?? ""} · `);
}

let stood = 0; // in the index: what is decided leaves it, and the next one is where that was

/** One on, or one back, in the index; from what left it, as if it were still there. */
export async function step(by: 1 | -1): Promise<void> {
  const key = neighbour(by);
  if (key) await go(key);
  else announce(say("end"));
}

function neighbour(by: 1 | -1): string | undefined {
  const keys = lines().map((line) => line.dataset["provision"]);
  const at = keys.indexOf(wanted ?? main()?.dataset["provision"]);
  if (at >= 0) return keys[at + by];
  return keys[Math.min(by < 0 ? Math.max(stood - 1, 0) : stood, keys.length - 1)];
}

/** The next one is fetched while nothing else is done. */
function look(): void {
  const next = neighbour(1);
  if (!next) return;
  const idle = (act: () => void): unknown =>
    "requestIdleCallback" in globalThis ? requestIdleCallback(act, { timeout: 2_000 }) : setTimeout(act, 400);
  idle(() => {
    if (!ahead.has(next)) ahead.set(next, fetchCase(next));
  });
}

/** What was fetched ahead may be old. */
export function forget(): void {
  ahead.clear();
}

// --- Afresh ---------------------------------------------------------------------------------------

/** The provision as it is now, under what is chosen and where one is. */
export async function refresh(): Promise<void> {
  const old = main();
  const key = old?.dataset["provision"];
  if (!old || !key) return;
  const fresh = (await fetchCase(key))?.querySelector<HTMLElement>(".case");
  if (!fresh || main() !== old) return; // one went on meanwhile
  if (Number(fresh.dataset["seq"]) < Number(old.dataset["seq"])) return;
  const chosen = new Set(boxes().filter((box) => box.checked).map(nameOf));
  const held = focusIn(old);
  const top = scrollY;
  old.replaceWith(document.adoptNode(fresh));
  for (const box of boxes()) box.checked = chosen.has(nameOf(box));
  mark(key);
  scrollTo({ top, behavior: "instant" });
  held?.();
  document.dispatchEvent(new Event(SHOWN));
}

/** What gives the focus back to where it was in what is replaced. */
function focusIn(old: HTMLElement): (() => void) | null {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || !old.contains(focused)) return null;
  if (focused === old) return () => main()?.focus({ preventScroll: true });
  if (!(focused instanceof HTMLInputElement)) return () => main()?.focus({ preventScroll: true });
  const name = nameOf(focused);
  return () => {
    const same = boxes().find((box) => nameOf(box) === name) ?? main();
    same?.focus({ preventScroll: true });
  };
}

/** The index as it is now: scrolled, opened and picked as it was. */
export async function refreshIndex(): Promise<void> {
  const old = document.getElementById("index");
  if (!old) return;
  const key = main()?.dataset["provision"] ?? "";
  const query = new URLSearchParams(old.dataset["query"] ?? "");
  query.set("provision", key);
  const page = await fetchPage(`${here()}index/?${query.toString()}`);
  const fresh = page?.getElementById("index");
  if (!fresh || Number(fresh.dataset["seq"]) < Number(old.dataset["seq"])) return;
  const picks = new Set(picked());
  const focus = document.activeElement instanceof HTMLElement && old.contains(document.activeElement)
    ? document.activeElement.dataset["provision"]
    : null;
  const opened = all<HTMLDetailsElement>("details", old).map((one) => one.open);
  const top = old.scrollTop;
  // A form that is being filled in is left alone.
  if (document.activeElement?.closest("#filters")) return;
  old.replaceWith(document.adoptNode(fresh));
  all<HTMLDetailsElement>("details", fresh).forEach((one, place) => {
    one.open = opened[place] ?? one.open;
  });
  for (const box of all<HTMLInputElement>("input[name=pick]", fresh)) {
    box.checked = picks.has(box.value);
  }
  fresh.scrollTop = top;
  mark(key);
  if (focus) lines().find((line) => line.dataset["provision"] === focus)?.focus({ preventScroll: true });
}

export function start(): void {
  mark(main()?.dataset["provision"] ?? "");
  addEventListener("popstate", () => {
    const key = new URLSearchParams(location.search).get("provision") ?? lines()[0]?.dataset["provision"];
    if (key) void go(key, false);
  });
  look();
}
