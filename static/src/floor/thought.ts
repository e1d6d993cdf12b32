// What is told beside the words: what delegations think, and how the table calls each wording. It
// comes with the page, for the whole paper, and is fetched again after an act, not by all screens of
// a hall at the same moment.

import { all } from "../dom.ts";

const SPREAD_MS = 1_500;
const TYPING_MS = 12_000; // typing may bring a wording near another, and hardly ever does
const LONGEST = 60; // letters of a bracket's words that the foot has room for

type Told = ReadonlyMap<string, string>;

let thought: Told = new Map();
let called: Told = new Map();
let again: () => void = () => undefined;
let waiting = 0;
let due = Infinity;

export function onThought(act: () => void): void {
  again = act;
  take(JSON.parse(document.getElementById("floor-beside")?.textContent ?? "{}"));
  again();
}

/** Soon after an act; after typing at leisure. What was to come sooner stays. */
export function thinkAgain(isTyping = false): void {
  const wait = Math.random() * SPREAD_MS + (isTyping ? TYPING_MS : 0);
  if (Date.now() + wait >= due) return;
  due = Date.now() + wait;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    due = Infinity;
    void fetchThought();
  }, wait);
}

async function fetchThought(): Promise<void> {
  const url = document.querySelector<HTMLElement>(".floor-main")?.dataset["positions"];
  if (!url) return;
  try {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) return;
    take(await answer.json());
    again();
  } catch {
    // Not reachable: what was known stays, and the next act asks again.
  }
}

function take(told: unknown): void {
  const { thought: said, called: names } = isRecord(told) ? told : {};
  thought = read(said);
  called = read(names);
}

function isRecord(told: unknown): told is Record<string, unknown> {
  return typeof told === "object" && told !== null;
}

function read(told: unknown): Told {
  const pairs = isRecord(told) ? Object.entries(told) : [];
  return new Map(pairs.filter((pair): pair is [string, string] => typeof pair[1] === "string"));
}

/** Numbers that can be said aloud, in the running text too. */
function call(): void {
  for (const option of all(".paper .many > .opt")) {
    const name = called.get(option.id);
    const place = option.querySelector<HTMLElement>(":scope > .who");
    if (place && name) place.dataset["called"] = name;
    else if (place) delete place.dataset["called"];
  }
}

/** Sets it beside the options of the provision that is shown, and at the foot. */
export function think(article: HTMLElement | null): void {
  call();
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
