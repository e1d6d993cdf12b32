// Words in the tray become proposals, or a request to reopen: by a click, or by themselves and told.

import { all } from "../dom.ts";
import type { Place, TrayEntry } from "../writing/contract.ts";
import type { Surface, Way } from "../writing/proposing.ts";
import { isClosed } from "./closed.ts";
import { isUp, toBench, watched } from "./live.ts";
import { mayAct } from "./own.ts";
import { say } from "./words.ts";

const NEAR = 5; // provisions before it are remembered: some of them may be gone, too

/** Where an option stands on the page. */
export function placeOf(option: string): Place | null {
  const article = articleOf(option);
  const everything = all(".paper .prov");
  const at = article ? everything.indexOf(article) : -1;
  if (!article || at < 0) return null;
  const before = everything.slice(Math.max(0, at - NEAR), at).map(({ id }) => id);
  return { kind: kindOf(article), before: before.reverse() };
}

function kindOf(article: HTMLElement): Place["kind"] {
  const kinds = ["call", "chapeau", "other"] as const;
  return kinds.find((kind) => article.classList.contains(`k-${kind}`)) ?? "item";
}

function articleOf(option: string): HTMLElement | null {
  return document.getElementById(option)?.closest<HTMLElement>(".prov") ?? null;
}

const page: Surface = {
  provisionOf: (option) => articleOf(option)?.id ?? null,
  isThere: (provision) => document.getElementById(provision)?.matches(".paper .prov") ?? false,
  isClosed: (provision) => isClosed(document.getElementById(provision)),
  optionOf: (provision) => document.querySelector(`#${CSS.escape(provision)} > .opt[id]`)?.id ?? null,
  get last() {
    return all(".paper .prov").at(-1)?.id ?? null;
  },
  may: mayAct,
};

/** What can be made of an entry now. */
export async function wayOf(entry: TrayEntry): Promise<Way | null> {
  const bench = await toBench();
  return bench.wayOf(entry, page);
}

let count = 0;
const tried = new Set<string>();

/** Gives "" where it was done, else why it was not. */
export async function propose(entry: TrayEntry, way: Way): Promise<string> {
  const bench = await toBench();
  const answer = await bench.propose(entry, way, {
    desk: bench.desk,
    whose: watched()?.you?.for ?? "",
    newId: () => `${bench.prefix}-t${(count++).toString(36)}`,
    asks: (w) => say("askReopen", { w }),
  });
  if (answer.kind === "done") return "";
  return answer.kind === "offline" ? say("noLine") : say("refused", { s: answer.reason });
}

/** Does what is done without asking. A name is needed for whom it is proposed. */
export async function goByThemselves(entries: readonly TrayEntry[]): Promise<void> {
  const bench = await toBench();
  for (const entry of entries) {
    const way = bench.wayOf(entry, page);
    const named = watched()?.you?.part === "delegate" || entry.forWhom !== "";
    if (!way || !named || !isUp() || tried.has(entry.id) || !bench.goesByItself(entry, way)) continue;
    for (const one of entries) if (one.option === entry.option && one.at === entry.at) tried.add(one.id);
    if (await propose(entry, way)) bench.desk.became(entry.id, "");
  }
}
