// The chair's table, live: what happens to the provision that is shown is shown at once, the index a
// little later, and nobody loses their place.

import { announce, isModified, onClick } from "../dom.ts";
import type { Happened } from "../live/messages.ts";
import * as bar from "../table/bar.ts";
import * as keys from "../table/keys.ts";
import { boxes, main } from "../table/lying.ts";
import * as page from "../table/page.ts";
import * as panel from "../table/panel.ts";
import { onTorn, onWatching, watched } from "./live.ts";
import { say } from "./words.ts";

const TYPING_MS = 700; // the provision follows typing at this pace
const INDEX_MS = 1_500; // after an act
const CALM_MS = 12_000; // after typing, which changes little in the index

let shownLater = 0;
let indexAt = Infinity;
let indexLater = 0;

function happened(event: Happened): void {
  page.forget();
  const { provision, provisions = [], removed = [] } = event.data as {
    provision?: string;
    provisions?: string[];
    removed?: string[];
  };
  const key = main()?.dataset["provision"] ?? "";
  const isText = event.kind === "text";
  if ([provision, ...provisions, ...removed].includes(key)) {
    clearTimeout(shownLater);
    shownLater = setTimeout(
      () => {
        // After an own act the page was fetched already.
        if (Number(main()?.dataset["seq"] ?? 0) < event.seq) void page.refresh();
      },
      isText ? TYPING_MS : 50,
    );
    if (!isText && boxes().some((box) => box.checked) && !isOwn(event)) {
      announce(say("meanwhile", { s: event.for || event.by }));
    }
  }
  refreshIndex(isText ? CALM_MS : INDEX_MS);
}

function isOwn(event: Happened): boolean {
  return event.by === watched()?.you?.name;
}

/** At the time that was asked for first, spread so that not all pages ask at once. */
function refreshIndex(wait: number): void {
  const at = Date.now() + wait * (0.7 + Math.random() * 0.6);
  if (at >= indexAt) return;
  indexAt = at;
  clearTimeout(indexLater);
  indexLater = setTimeout(() => {
    indexAt = Infinity;
    if (document.hidden) refreshIndex(CALM_MS);
    else void page.refreshIndex();
  }, at - Date.now());
}

/** Too much was missed: everything is fetched. */
async function mend(): Promise<void> {
  await page.refreshIndex();
  await page.refresh();
  const table = document.getElementById("table");
  const seq = main()?.dataset["seq"];
  if (table && seq) table.dataset["seq"] = seq;
}

function submitted(event: Event): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.id !== "filters") return;
  event.preventDefault();
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value) query.set(name, value);
  }
  location.assign(`${form.action}?${query.toString()}`);
}

/** On wide screens the index is always open; on others it opens above the provision. */
function openWide(): void {
  const fold = document.querySelector<HTMLDetailsElement>("#index > details");
  if (fold && matchMedia("(min-width: 1120px)").matches) fold.open = true;
}

export function start(): void {
  if (!document.getElementById("table")) return;
  openWide();
  page.start();
  panel.start();
  bar.start();
  keys.start();
  onWatching((watching) => watching.onEvent(happened));
  onTorn(mend);
  onClick("a[data-provision]", (link, event) => {
    const key = link.dataset["provision"];
    if (!key || isModified(event)) return;
    event.preventDefault();
    const fold = document.querySelector<HTMLDetailsElement>("#index > details");
    if (fold && !matchMedia("(min-width: 1120px)").matches) fold.open = false;
    void page.go(key);
  });
  document.addEventListener("submit", submitted);
}
