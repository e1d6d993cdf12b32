// What the floor hears: words as they change, who writes, what the chair leads to, and the time.

import { now } from "../clock.ts";
import { all, announce, fetchPage } from "../dom.ts";
import { put, PUT } from "../behaviours/put.ts";
import { openLine } from "../live/line.ts";
import type { Happened, Person, Shown } from "../live/messages.ts";
import { Nearness } from "../live/nearness.ts";
import { Reader } from "../live/reader.ts";
import { changed } from "./changed.ts";
import { against, articles, floor } from "./screen.ts";
import { thinkAgain } from "./thought.ts";

const TICK_MS = 1_000;
const FRESH_MS = 8_000;
const NEAR = 1; // screens above and below

export interface Hearing {
  led(to: string | null): void;
  /** Words were put in place; of the whole paper after too long an absence. */
  changed(): void;
  gone(key: string): void;
}

const latest = new Map<string, number>();
const near = new Nearness();
let reader: Reader | null = null;

export function pageSeq(): number {
  return Number(document.querySelector<HTMLElement>(".paper")?.dataset["seq"] ?? 0);
}

export function listen(hearing: Hearing): void {
  const main = floor();
  const path = main?.dataset["live"];
  if (!main || !path) return;
  const ear = new Reader((message) => line.say(message), pageSeq(), against());
  reader = ear;
  ear.onEvent((event) => happened(event, hearing));
  ear.onShown((frame) => shown(frame, hearing));
  ear.onPeople(people);
  ear.onWelcome(() => {
    near.forgotten();
    look();
  });
  const line = openLine(path, ear);
  line.onTorn(() => mend(hearing));
  line.onTaken(() => location.reload());
  document.addEventListener(PUT, () => showPeople());
  setInterval(() => {
    look();
    tellTime(main.dataset["zone"]);
  }, TICK_MS);
}

function happened(event: Happened, hearing: Hearing): void {
  near.happened(event, now());
  if (event.kind !== "floor") thinkAgain(event.kind === "text");
  const seq = document.getElementById("floor-seq");
  if (seq) seq.textContent = String(event.seq);
  if (event.kind !== "floor" || !("provisions" in event.data)) return;
  hearing.led(event.data.provisions[0] ?? null);
}

/** After too long an absence: the paper as it is, and where the chair is now. */
async function mend(hearing: Hearing): Promise<number> {
  const page = await fetchPage(location.href);
  const fresh = page?.querySelector<HTMLElement>(".paper");
  const here = document.querySelector(".paper");
  if (fresh && here) {
    for (const on of all(".on", fresh)) on.replaceWith(...on.childNodes);
    here.replaceWith(fresh);
    latest.clear();
    near.fetched();
    hearing.led(page?.querySelector<HTMLElement>(".floor-main")?.dataset["led"] || null);
    hearing.changed();
  }
  return pageSeq();
}

// --- Words ----------------------------------------------------------------------------------------

function shown(frame: Shown, hearing: Hearing): void {
  const known = latest.get(frame.provision) ?? 0;
  if (frame.against !== against() || frame.seq < Math.max(pageSeq(), known)) return;
  latest.set(frame.provision, frame.seq);
  near.shown(frame);
  const before = wordings(frame.provision);
  put(frame);
  // What is pushed is the room's provision; beside the text the floor says nothing.
  for (const notes of all(`#${CSS.escape(frame.provision)} .notes`)) notes.remove();
  if (frame.html === null) hearing.gone(frame.provision);
  else freshen(frame.provision, before);
  hearing.changed();
}

function wordings(key: string): Map<string, string> {
  const options = all(`#${CSS.escape(key)} > .opt`);
  return new Map(options.map((one) => [one.id, one.querySelector(".tx")?.textContent ?? ""]));
}

/** Marks what is new for a while: who looks up sees what was just said. */
function freshen(key: string, before: ReadonlyMap<string, string>): void {
  if (!("highlights" in CSS) || before.size === 0) return;
  const marks = CSS.highlights.get("fresh") ?? new Highlight();
  CSS.highlights.set("fresh", marks);
  for (const option of all(`#${CSS.escape(key)} > .opt`)) {
    const words = option.querySelector(".tx");
    const span = words && changed(before.get(option.id) ?? "", words.textContent);
    const range = span && words && rangeOf(words, span.start, span.end);
    if (!range) continue;
    marks.add(range);
    setTimeout(() => marks.delete(range), FRESH_MS);
  }
}

function rangeOf(root: Element, start: number, end: number): Range | null {
  const range = new Range();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (!begun && start < passed + length) {
      range.setStart(node, start - passed);
      begun = true;
    }
    if (begun && end <= passed + length) {
      range.setEnd(node, end - passed);
      return range;
    }
    passed += length;
  }
  return null;
}

/** Tells the server what is on the screen. */
export function look(): void {
  const main = floor();
  if (!reader?.you || !main) return;
  const here = main.dataset["here"];
  near.look(here ? [here] : onScreen());
  const due = near.due(now(), (key) => document.getElementById(key) !== null);
  if (due) reader.view(against(), due.near, due.stale);
}

function onScreen(): string[] {
  const reach = innerHeight * NEAR;
  return articles()
    .filter((article) => {
      const { top, bottom } = article.getBoundingClientRect();
      return bottom > -reach && top < innerHeight + reach;
    })
    .map((article) => article.id);
}

// --- Who writes -----------------------------------------------------------------------------------

let writing: readonly Person[] = [];

function people(told: readonly Person[]): void {
  writing = told.filter((person) => person.option !== null && person.sid !== reader?.sid);
  showPeople();
}

/** For whom somebody writes, beside the wording; never who it is. */
function showPeople(): void {
  const byOption = new Map<string, Set<string>>();
  for (const { option, for: whom, part } of writing) {
    if (option) byOption.set(option, (byOption.get(option) ?? new Set()).add(whom || part));
  }
  for (const old of all(".paper .now")) {
    if (!byOption.has(old.closest(".opt")?.id ?? "")) old.remove();
  }
  for (const [option, names] of byOption) say(option, [...names]);
}

function say(option: string, names: readonly string[]): void {
  const place = document.getElementById(option)?.querySelector(".who");
  if (!place) return;
  const line = place.querySelector<HTMLElement>(".now") ?? document.createElement("span");
  line.className = "now";
  line.dataset["made"] = "";
  const { sayWriting, sayWritingMany } = floor()?.dataset ?? {};
  const words = (names.length > 1 ? sayWritingMany : sayWriting) ?? "";
  line.textContent = words.replace("%s", names.join(", "));
  place.append(line);
}

/** Where the chair writes, for who follows the running text. */
export function chairIn(): HTMLElement | null {
  const chair = writing.find((person) => person.part === "chair") ?? writing.find((p) => p.part === "secretary");
  return chair?.option ? document.getElementById(chair.option) : null;
}

// --- The time -------------------------------------------------------------------------------------

let lastTrue = "";

function tellTime(zone: string | undefined): void {
  const place = document.getElementById("floor-time");
  if (!place || !reader) return;
  const kind = reader.saying.kind;
  const isTrue = kind === "saved" || kind === "saving";
  if (isTrue || !lastTrue) lastTrue = clock(zone);
  const words = (isTrue ? place.dataset["sayNow"] : place.dataset["sayOld"]) ?? "";
  const told = words.replace("%t", lastTrue);
  const turned = (place.dataset["s"] === "") !== isTrue; // not the minutes: they would be read aloud
  place.dataset["s"] = isTrue ? "" : "old";
  if (place.textContent.trim() !== told) place.textContent = told;
  if (turned) announce(told);
}

function clock(zone: string | undefined): string {
  const parts: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  try {
    return new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: zone }).format(Date.now());
  } catch {
    return new Intl.DateTimeFormat("en-GB", parts).format(Date.now());
  }
}
