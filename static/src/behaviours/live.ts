// The page's one line to the draft. Who only reads has a light listener; who begins to write gets
// a desk, and with it ProseMirror, which is fetched then and not before.

import { openLine, type Line } from "../live/line.ts";
import { Acting } from "../live/acting.ts";
import { Reader, type Watching } from "../live/reader.ts";
import type { Place } from "../writing/contract.ts";
import type { Bench } from "../editor/bench.ts";

let placeOf: (option: string) => Place | null = () => null;

/** Where an option stands on the page, for words that may lose their place. */
export function placedBy(find: typeof placeOf): void {
  placeOf = find;
}

const WROTE = "drafting.wrote"; // who has written here may have unsent work: it must not wait

const DATABASE = "drafting"; // of the kept work; see `writing/browser.ts`, which is fetched with the desk
const GREETING_MS = 3_000;

let line: Line | null = null;
let watching: Watching | null = null;
let acting: Acting | null = null;
let bench: Promise<Bench> | null = null;
let mending = (): Promise<number> => Promise.resolve(0);
const takes: ((watching: Watching) => void)[] = [];

/** What the page compares with: "base", "clean" or "revision:3". */
export function against(): string {
  const shown = document.querySelector<HTMLElement>("[data-view][aria-current]");
  return shown?.dataset["view"] ?? "base";
}

/** The event up to which the page shows the draft. */
export function pageSeq(): number {
  return Number(document.querySelector<HTMLElement>(".paper, #table")?.dataset["seq"] ?? 0);
}

export function watched(): Watching | null {
  return watching;
}

/** Whether what one does now reaches the server. */
export function isUp(): boolean {
  const kind = watched()?.saying.kind;
  return kind === "saved" || kind === "saving" || kind === "held" || kind === "catching up";
}

/** Who acts at the table; null on other pages. */
export function actor(): Acting | null {
  return acting;
}

function place(): HTMLElement | null {
  return document.querySelector<HTMLElement>("#room, #table");
}

/** Calls `take` with whoever listens on the line: now, and again when that changes. */
export function onWatching(take: (watching: Watching) => void): void {
  takes.push(take);
  if (watching) take(watching);
}

/** Resolves once it is known who one is here. */
export function welcomed(): Promise<true> {
  if (watching?.you) return Promise.resolve(true);
  return new Promise((resolve) => onWatching((next) => next.onWelcome(() => resolve(true))));
}

function listen(next: Watching): void {
  watching = next;
  for (const take of takes) take(next);
}

/** The desk at which one writes; it is set up once. */
export function toBench(): Promise<Bench> {
  if (bench) return bench;
  const { live: path = "", person = "" } = place()?.dataset ?? {};
  bench = fetched().then(async (loaded) => {
    const made = await loaded.setUp({
      place: `${person} ${path}`,
      seq: Math.max(pageSeq(), watching?.seq ?? 0),
      against: against(),
      say: (message) => line?.say(message),
      placeOf,
    });
    remember();
    listen(made.desk);
    if (line) line.give(made.desk);
    else connect(made.desk);
    await greeted(made);
    return made;
  });
  bench.catch(() => {
    bench = null; // Not reachable: the next try fetches it again.
  });
  return bench;
}

type Loaded = typeof import("../editor/bench.ts");
let failures = 0;

/** A browser may remember that a module could not be fetched, and never ask for it again under that
 * name: the next try has another one. */
async function fetched(): Promise<Loaded> {
  try {
    return await import("../editor/bench.ts");
  } catch (error) {
    const [name] = /https?:[^\s?]+/u.exec(String(error)) ?? [];
    if (!name) throw error;
    failures += 1;
    return (await import(`${name}?again=${failures}`)) as Loaded;
  }
}

/** The desk knows who it is for; where the line is down, one goes on without. */
function greeted({ desk }: Bench): Promise<void> {
  return new Promise((resolve) => {
    if (desk.you) resolve();
    desk.onWelcome(() => resolve());
    setTimeout(resolve, GREETING_MS);
  });
}

function connect(ear: Parameters<typeof openLine>[1]): void {
  const path = place()?.dataset["live"] ?? "";
  line = openLine(path, ear);
  line.onTorn(mending);
  line.onTaken(() => void handOver());
}

/** Another person has signed in: what the one before left is put away, and the page is theirs. */
async function handOver(): Promise<void> {
  await bench?.then((made) => made.putAway()).catch(() => undefined);
  location.reload();
}

/** Called when too much was missed. */
export function onTorn(mend: () => Promise<void>): void {
  mending = async () => {
    await mend();
    return pageSeq();
  };
  line?.onTorn(mending);
}

function remember(): void {
  try {
    localStorage.setItem(WROTE, "1");
  } catch {
    // Then nothing can be kept here either.
  }
}

function wroteHere(): boolean {
  try {
    return localStorage.getItem(WROTE) !== null;
  } catch {
    return false;
  }
}

/** A browser that is killed may have kept the work, and not yet that one wrote. */
async function keepsWork(): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some(({ name }) => name === DATABASE);
  } catch {
    return false;
  }
}

export function start(): void {
  if (!place()?.dataset["live"]) return;
  if (document.getElementById("table")) {
    // Nobody writes at the table: acts need no desk.
    acting = new Acting((message) => line?.say(message), pageSeq());
    listen(acting);
    connect(acting);
    return;
  }
  const reader = new Reader((message) => line?.say(message), pageSeq(), against());
  listen(reader);
  if (wroteHere()) void toBench().catch(() => connect(reader));
  else {
    connect(reader);
    void keepsWork().then((keeps) => (keeps ? toBench() : null)).catch(() => undefined);
  }
}
