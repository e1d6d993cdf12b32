// What delegations think, beside what they think it of: fetched for the whole paper at once, and
// again after an act, not by all screens of a hall at the same moment.

import { all } from "../dom.ts";

const SPREAD_MS = 1_500;
const LONGEST = 60; // letters of a bracket's words that the foot has room for

let thought: ReadonlyMap<string, string> = new Map();
let again: () => void = () => undefined;
let waiting = 0;

export function onThought(act: () => void): void {
  again = act;
  void fetchThought();
}

export function thinkAgain(): void {
  if (waiting) return;
  waiting = setTimeout(() => {
    waiting = 0;
    void fetchThought();
  }, Math.random() * SPREAD_MS);
}

async function fetchThought(): Promise<void> {
  const url = document.querySelector<HTMLElement>(".floor-main")?.dataset["positions"];
  if (!url) return;
  try {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) return;
    thought = read(await answer.json());
    again();
  } catch {
    // Not reachable: what was known stays, and the next act asks again.
  }
}

function read(told: unknown): ReadonlyMap<string, string> {
  const pairs = typeof told === "object" && told !== null ? Object.entries(told) : [];
  return new Map(pairs.filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}

/** Sets it beside the options of the provision that is shown, and at the foot. */
export function think(article: HTMLElement | null): void {
  for (const old of all(".paper .stands")) old.remove();
  for (const option of all(":scope > .opt", article ?? document.createElement("p"))) {
    const said = thought.get(option.id);
    if (said) option.querySelector(".who")?.append(line(said));
  }
  const list = document.getElementById("floor-thought");
  if (!list) return;
  list.replaceChildren(...(article ? [...ofProvision(article), ...ofBrackets(article)] : []));
}

function line(said: string): HTMLElement {
  const made = document.createElement("span");
  made.className = "stands";
  made.dataset["made"] = "";
  made.textContent = said;
  return made;
}

function ofProvision(article: HTMLElement): HTMLElement[] {
  const said = thought.get(article.id);
  return said ? [entry(said)] : [];
}

function ofBrackets(article: HTMLElement): HTMLElement[] {
  return all<HTMLElement>('.br[data-end="open"]', article).flatMap((open) => {
    const said = thought.get(open.dataset["b"] ?? "");
    return said ? [entry(said, within(article, open))] : [];
  });
}

function entry(said: string, words = ""): HTMLElement {
  const made = document.createElement("li");
  if (words) {
    const quote = document.createElement("q");
    quote.textContent = words;
    made.append(quote, " ");
  }
  made.append(said);
  return made;
}

/** The words between a bracket's ends, as many as there is room for. */
function within(article: HTMLElement, open: HTMLElement): string {
  const id = CSS.escape(open.dataset["b"] ?? "");
  const close = article.querySelector(`.br[data-end="close"][data-b="${id}"]`);
  if (!close || !(open.compareDocumentPosition(close) & Node.DOCUMENT_POSITION_FOLLOWING)) return "";
  const range = new Range();
  range.setStartAfter(open);
  range.setEndBefore(close);
  const words = range.toString().replaceAll(/\s+/gu, " ").trim();
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}
