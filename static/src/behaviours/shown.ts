// What others write appears where it stands. A frame that is older than what the page shows is
// left out; after too long an absence the page is fetched.

import { all, fetchPage, SWAPPED } from "../dom.ts";
import type { Outlined, Shown } from "../live/messages.ts";
import { against, onTorn, onWatching, pageSeq } from "./live.ts";
import { outline } from "./outline.ts";
import { put } from "./put.ts";

const latest = new Map<string, Shown>();
let outlineSeq = 0;

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
  outline(page);
  for (const part of [".brief", ".footnotes"]) {
    const fresh = paper.querySelector(part);
    if (fresh) here.querySelector(part)?.replaceWith(fresh);
  }
}

// --- The paper as a whole --------------------------------------------------------------------------

function outlined({ seq, against: compared, html }: Outlined): void {
  if (compared !== against() || seq < Math.max(pageSeq(), outlineSeq)) return;
  outlineSeq = seq;
  const template = document.createElement("template");
  template.innerHTML = html;
  outline(template.content);
}

export function start(): void {
  if (!document.getElementById("room")) return;
  onWatching((watching) => {
    watching.onShown(show);
    watching.onOutlined(outlined);
  });
  onTorn(refresh);
  document.addEventListener(SWAPPED, again);
}
