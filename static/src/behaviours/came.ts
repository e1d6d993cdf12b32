// What came of each proposal follows the draft: the table is fetched again when something happened,
// not more often than a reader can follow, and what was unfolded stays so.

import { all, announce, fetchPage } from "../dom.ts";
import { openLine } from "../live/line.ts";
import { Reader } from "../live/reader.ts";

const REST_MS = 1_500;

let waiting = 0;
let fetching = false;

function place(): HTMLElement | null {
  return document.getElementById("came");
}

function seqOf(element: HTMLElement | null | undefined): number {
  return Number(element?.dataset["seq"] ?? 0);
}

async function refresh(): Promise<void> {
  const here = place();
  const page = await fetchPage(location.href);
  const fresh = page?.getElementById("came");
  if (!here || !fresh || seqOf(fresh) < seqOf(here)) return;
  here.dataset["seq"] = fresh.dataset["seq"] ?? "0";
  if (alike(here, fresh)) return;
  const open = new Set(all("details[open]", here).map((one) => one.dataset["key"]));
  for (const one of all<HTMLDetailsElement>("details", fresh)) one.open = open.has(one.dataset["key"]);
  const focused = pathTo(here, document.activeElement);
  here.replaceChildren(...fresh.childNodes);
  if (focused) stepsTo(here, focused)?.focus({ preventScroll: true });
  announce(here.dataset["say"] ?? "");
}

function alike(here: HTMLElement, fresh: HTMLElement): boolean {
  const plain = (root: HTMLElement): string => root.innerHTML.replaceAll(/ open=""|\s+/gu, " ");
  return plain(here) === plain(fresh);
}

function pathTo(root: Element, target: Element | null): number[] | null {
  if (!target || target === root || !root.contains(target)) return null;
  const path: number[] = [];
  for (let at: Element | null = target; at && at !== root; at = at.parentElement) {
    path.unshift([...(at.parentElement?.children ?? [])].indexOf(at));
  }
  return path;
}

function stepsTo(root: Element, path: readonly number[]): HTMLElement | null {
  let at: Element | undefined = root;
  for (const index of path) at = at?.children[index];
  return at instanceof HTMLElement ? at : null;
}

/** One fetch at a time, and a rest before each: what happens meanwhile is shown together. */
function soon(): void {
  if (waiting) return;
  waiting = setTimeout(() => {
    waiting = 0;
    if (fetching) {
      soon();
      return;
    }
    fetching = true;
    void refresh().finally(() => {
      fetching = false;
    });
  }, REST_MS);
}

export function start(): void {
  const here = place();
  if (!here?.dataset["live"]) return;
  const reader = new Reader((message) => line.say(message), seqOf(here), null);
  const line = openLine(here.dataset["live"], reader);
  reader.onEvent(soon);
  line.onTorn(async () => {
    await refresh();
    return seqOf(place());
  });
  line.onTaken(() => location.reload());
}
