// What others write appears where it stands. A frame that is older than what the page shows is
// left out; after too long an absence the page is fetched.

import { all, fetchPage, SWAPPED } from "../dom.ts";
import type { Shown } from "../live/messages.ts";
import { against, onTorn, onWatching, pageSeq } from "./live.ts";
import { put, PUT } from "./put.ts";

const latest = new Map<string, Shown>();

function show(frame: Shown): void {
  const known = latest.get(frame.provision);
  if (frame.against !== against() || frame.seq < pageSeq() || (known && frame.seq < known.seq)) return;
  latest.set(frame.provision, frame);
  put(frame);
}

/** After the paper was fetched anew: what came meanwhile is newer than it. */
function again(): void {
  const now = against();
  for (const [key, frame] of latest) {
    if (frame.seq <= pageSeq()) latest.delete(key);
    else if (frame.against === now) put(frame);
  }
  const missed = [...latest.values()].some((frame) => frame.against !== now);
  latest.forEach((frame, key) => {
    if (frame.against !== now) latest.delete(key);
  });
  if (missed) void refresh();
}

/** Fetches the page and puts every provision in place: an option being written in stays. */
async function refresh(): Promise<void> {
  const page = await fetchPage(location.href);
  const paper = page?.querySelector<HTMLElement>(".paper");
  const here = document.querySelector<HTMLElement>(".paper");
  if (!page || !paper || !here) return;
  here.dataset["seq"] = paper.dataset["seq"] ?? "0";
  latest.clear();
  const articles = all(".prov", paper);
  articles.forEach((article, place) => {
    put({ provision: article.id, html: article.outerHTML, after: articles[place - 1]?.id ?? null });
  });
  const keys = new Set(articles.map((article) => article.id));
  for (const old of all(".prov", here)) {
    if (!keys.has(old.id)) put({ provision: old.id, html: null, after: null });
  }
  for (const part of [".brief", ".footnotes"]) {
    const fresh = paper.querySelector(part);
    if (fresh) here.querySelector(part)?.replaceWith(fresh);
  }
}

// --- The outline --------------------------------------------------------------------------------

/** One disc for each provision under a call, as its state is now. */
function redraw(section: HTMLElement): void {
  const link = all(`[data-section="${CSS.escape(section.id)}"]`)[0] ?? added(section);
  const strip = link?.querySelector(".strip");
  if (!strip) return;
  const states = all(":scope > .prov:not(.k-call)", section).map((one) => one.querySelector(".st"));
  const dots = states.map((state) => {
    const dot = document.createElement("i");
    dot.className = state?.classList.contains("c") ? "dot c" : "dot";
    dot.dataset["st"] = state instanceof HTMLElement ? (state.dataset["st"] ?? "open") : "open";
    return dot;
  });
  for (const old of all(".dot", strip)) old.remove();
  strip.prepend(...dots);
}

/** The line in the outline of a call that was not there before. */
function added(section: HTMLElement): HTMLElement | null {
  const call = section.querySelector<HTMLElement>(":scope > .k-call");
  const model = all<HTMLElement>(".toc li")[0];
  const before = section.previousElementSibling;
  if (!call || !model) return null;
  const line = document.createElement("li");
  const link = document.createElement("a");
  const title = document.createElement("em");
  const strip = document.createElement("span");
  title.textContent = call.querySelector("h2")?.textContent ?? "";
  strip.className = "strip";
  link.href = `#${call.id}`;
  link.dataset["section"] = section.id;
  link.append(title, strip);
  line.append(link);
  const above = before && all(`[data-section="${CSS.escape(before.id)}"]`)[0]?.closest("li");
  if (above) above.after(line);
  else model.parentElement?.prepend(line);
  return link;
}

export function start(): void {
  if (!document.getElementById("room")) return;
  onWatching((watching) => watching.onShown(show));
  onTorn(refresh);
  document.addEventListener(SWAPPED, again);
  document.addEventListener(PUT, (event) => {
    const section = event.target instanceof Element ? event.target.closest<HTMLElement>(".part") : null;
    if (section) redraw(section);
    else for (const part of all(".part")) redraw(part);
  });
}
