// The history of a provision, beside the paper. Without this script it is a page of its own.

import { all, fetchPage, isModified, onClick, steady } from "../dom.ts";
import { AIR, offBy } from "./viewport.ts";
import { current } from "./walk.ts";

let before: Node[] = [];
let opener: HTMLElement | null = null;
// Counts what was asked for. An answer that comes after something else was asked for, or after
// the panel was closed, is out of date and must not open it again.
let asked = 0;

function panel(): HTMLElement | null {
  return document.getElementById("inspect");
}

async function load(url: string): Promise<void> {
  asked += 1;
  const mine = asked;
  const page = await fetchPage(url);
  if (mine !== asked) return;
  const fresh = page?.getElementById("history");
  const body = document.getElementById("inspect-body");
  const aside = panel();
  if (!fresh || !body || !aside) {
    location.assign(url);
    return;
  }
  if (!aside.classList.contains("open")) before = [...body.childNodes];
  body.replaceChildren(fresh);
  steady(() => aside.classList.add("open"));
  for (const button of all("[data-do=close]", aside)) button.hidden = false;
  aside.focus({ preventScroll: true });
  aside.scrollTop = 0;
  besides(aside);
}

/** On a phone it rises over the foot of the paper: what it tells of stays in sight above it. */
function besides(aside: HTMLElement): void {
  const article = opener?.closest(".prov");
  if (!article || getComputedStyle(aside).position !== "fixed") return;
  const line = document.querySelector<HTMLElement>(".ctl"); // it sticks once one has scrolled
  const from = line ? line.offsetHeight + Number.parseFloat(getComputedStyle(line).top) : 0;
  const off = offBy(article.getBoundingClientRect(), from + AIR, aside.getBoundingClientRect().top - AIR);
  if (Math.abs(off) >= 1) scrollBy({ top: off, behavior: "instant" });
}

/** What stands there when no history is open. */
export function underneath(list: Node[]): void {
  if (panel()?.classList.contains("open")) before = list;
  else document.getElementById("inspect-body")?.replaceChildren(...list);
}

/** Closes the history and gives the focus back to where it was opened. */
export function close(): boolean {
  asked += 1;
  const aside = panel();
  if (!aside?.classList.contains("open")) return false;
  steady(() => aside.classList.remove("open"));
  for (const button of all("[data-do=close]", aside)) button.hidden = true;
  document.getElementById("inspect-body")?.replaceChildren(...before);
  const back = opener?.checkVisibility() ? opener : document.querySelector<HTMLElement>(".pm");
  back?.focus({ preventScroll: true });
  return true;
}

/** Opens the history of the provision one is in. */
export function open(): void {
  current()?.querySelector<HTMLElement>("[data-history]")?.click();
}

function submitted(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !panel()?.contains(form)) return;
  event.preventDefault();
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) query.append(name, String(value));
  void load(`${form.action.split("?")[0] ?? ""}?${query.toString()}`);
}

export function start(): void {
  if (!panel()) return;
  onClick("[data-history]", (link, event) => {
    if (!(link instanceof HTMLAnchorElement) || isModified(event)) return;
    event.preventDefault();
    if (!panel()?.contains(link)) opener = link;
    void load(link.href);
  });
  onClick("[data-do=close]", () => void close());
  document.addEventListener("submit", submitted);
}
