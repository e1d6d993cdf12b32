// Another view of the same words, without losing one's place: the new paper is fetched and put
// where the old one was, with the same provision under the same line of the screen.

import { all, announce, fetchPage, isModified, onClick, swapped } from "../dom.ts";
import { current } from "./walk.ts";
import { leave } from "./write.ts";

interface Place {
  readonly id: string;
  readonly top: number;
}

function place(): Place | null {
  const at = current() ?? all(".prov").find((one) => one.getBoundingClientRect().bottom > 140);
  return at ? { id: at.id, top: at.getBoundingClientRect().top } : null;
}

/** Sections off the screen get their true height only when drawn: it is put right frame by frame. */
function restore(saved: Place | null, rounds = 6): void {
  const target = saved && document.getElementById(saved.id);
  if (!saved || !target) return;
  const off = target.getBoundingClientRect().top - saved.top;
  if (Math.abs(off) >= 1) scrollBy({ top: off, behavior: "instant" });
  if (rounds > 0) requestAnimationFrame(() => restore(saved, rounds - 1));
}

async function show(url: string, remember: boolean): Promise<void> {
  const saved = place();
  const key = document.activeElement?.getAttribute("data-view");
  const main = document.getElementById("main");
  main?.setAttribute("aria-busy", "true");
  const page = await fetchPage(url);
  const fresh = page?.getElementById("main");
  if (!page || !main || !fresh) {
    location.assign(url);
    return;
  }
  leave(false); // what is unsent goes on being sent
  main.replaceChildren(...fresh.childNodes);
  main.removeAttribute("aria-busy");
  const outline = page.getElementById("outline");
  if (outline) document.getElementById("outline")?.replaceChildren(...outline.childNodes);
  document.title = page.title;
  if (remember) history.pushState({ view: true }, "", url + location.hash);
  swapped();
  restore(saved);
  const chosen = document.querySelector<HTMLElement>("[data-view][aria-current]");
  const folded = document.querySelector<HTMLElement>("[data-unfolds=views]");
  if (key) (chosen?.checkVisibility() ? chosen : folded)?.focus({ preventScroll: true });
  announce(chosen?.querySelector("span")?.textContent ?? "");
}

/** Shows the view after the current one. */
export function next(): void {
  const views = all<HTMLAnchorElement>("a[data-view]");
  const index = views.findIndex((view) => view.hasAttribute("aria-current"));
  const following = views[(index + 1) % views.length];
  if (following) void show(following.href, true);
}

export function start(): void {
  if (!document.getElementById("room")) return;
  onClick("a[data-view]", (link, event) => {
    if (!(link instanceof HTMLAnchorElement) || isModified(event)) return;
    event.preventDefault();
    void show(link.href, true);
  });
  addEventListener("popstate", (event) => {
    const was: unknown = event.state;
    if (typeof was === "object" && was !== null) void show(location.href, false);
  });
  history.replaceState({ view: true }, "");
}
