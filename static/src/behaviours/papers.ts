// The papers of a Revision come one by one: their progress is drawn as it is told, and what is
// done is taken from the server, which alone knows the truth.

import { all, announce, fetchPage } from "../dom.ts";
import type { Hint } from "../live/hints.ts";
import { listen } from "../live/socket.ts";

const UNFINISHED = '[data-paper]:is([data-state="queued"], [data-state="working"])';
let refreshing: Promise<void> | null = null;

async function refresh(): Promise<void> {
  const page = await fetchPage(location.href);
  const fresh = page?.getElementById("issued");
  const place = document.getElementById("issued");
  if (!fresh || !place) return;
  const before = all(UNFINISHED).length;
  const focused = document.activeElement?.closest<HTMLElement>("[data-paper]")?.dataset["paper"];
  place.replaceChildren(...fresh.childNodes);
  if (focused) {
    all(`[data-paper="${focused}"] :is(a, button)`)[0]?.focus({ preventScroll: true });
  }
  const left = all(UNFINISHED).length;
  if (left < before) announce(`${before - left} / ${before}`);
}

/** One refresh at a time; hints that come meanwhile are answered by it, or by the next. */
function refreshOnce(): void {
  refreshing ??= refresh().finally(() => {
    refreshing = null;
  });
}

function hinted(hint: Hint): void {
  if (hint.kind === "happened" && hint.what === "revision.issued") {
    refreshOnce();
    return;
  }
  if (hint.kind !== "paper") return;
  const paper = all(`[data-paper="${hint.id}"]`)[0];
  const bar = paper?.querySelector("progress");
  if (bar && hint.state === "working") bar.value = hint.progress;
  else refreshOnce();
}

export function start(): void {
  const place = document.getElementById("issued");
  if (!place) return;
  listen(place.dataset["live"] ?? "", {
    hint: hinted,
    ask: () => {
      if (all(UNFINISHED).length > 0) refreshOnce();
    },
  });
}
