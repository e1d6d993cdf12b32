// Words that could not be placed, and work from an earlier visit: shown until the person has seen
// to them. What was made of them is told, and stands there until it is let go.

import { announce, onClick } from "../dom.ts";
import type { TrayEntry, Writing } from "../writing/contract.ts";
import { onWatching, placedBy, toBench, watched } from "./live.ts";
import { say } from "./words.ts";
import { PUT } from "./put.ts";
import * as proposing from "./proposing.ts";
import { written } from "./write.ts";

const LOOK_MS = 300;

let entries: readonly TrayEntry[] = [];

function clone(id: string): HTMLElement | null {
  const template = document.getElementById(id);
  const made = template instanceof HTMLTemplateElement
    ? template.content.firstElementChild?.cloneNode(true)
    : null;
  return made instanceof HTMLElement ? made : null;
}

function show(told: readonly TrayEntry[]): void {
  const place = document.getElementById("tray");
  const list = place?.querySelector("ol");
  if (!place || !list) return;
  const more = told.length > entries.length;
  entries = told;
  place.hidden = told.length === 0;
  list.replaceChildren(...told.flatMap((entry) => line(entry) ?? []));
  if (more) announce(place.querySelector("h2")?.textContent ?? "");
  lookAgain();
}

let looking = 0;

/** What can be made of the entries follows from the page, which may show it a moment later. */
function lookAgain(): void {
  clearTimeout(looking);
  looking = setTimeout(() => void look(), LOOK_MS);
}

async function look(): Promise<void> {
  if (entries.length === 0) return;
  for (const entry of entries) await offer(entry);
  await proposing.goByThemselves(entries);
}

/** One button for what the entry can become. */
async function offer(entry: TrayEntry): Promise<void> {
  const way = await proposing.wayOf(entry);
  const made = document.querySelector<HTMLElement>(`#tray [data-entry="${CSS.escape(entry.id)}"]`);
  const button = made?.querySelector<HTMLElement>("[data-tray=propose]");
  if (!button) return;
  button.hidden = way === null;
  if (way) button.textContent = say(OFFERS[way.kind]);
}

const OFFERS = { option: "trayOption", provision: "trayProvision", ask: "trayAsk" } as const;

function line(entry: TrayEntry): HTMLElement | null {
  const made = clone("tray-entry");
  const [words, about] = [made?.querySelector("blockquote"), made?.querySelector(".over")];
  if (!made || !words || !about) return null;
  made.dataset["entry"] = entry.id;
  words.textContent = entry.words || "…";
  const sentences = [why(entry), became(entry)].filter(Boolean).join(" ");
  about.textContent = [whereOf(entry), sentences].filter(Boolean).join(". ");
  const show_ = made.querySelector<HTMLElement>("[data-tray=show]");
  if (show_) show_.hidden = !entry.became || entry.became === "note";
  return made;
}

/** The name of a provision, or of the one in which an option stands. */
function nameOf(key: string | undefined): string | undefined {
  return document.getElementById(key ?? "")?.closest<HTMLElement>(".prov")?.dataset["name"];
}

/** Where it was typed; of what is gone, behind what it stood. */
function whereOf({ option, provision, place }: TrayEntry): string {
  const name = nameOf(option) ?? nameOf(provision);
  const before = place?.before.map(nameOf).find(Boolean);
  return name ?? (before ? say("trayBehind", { s: before }) : "");
}

function became({ became: what, forWhom }: TrayEntry): string {
  if (!what) return "";
  return what === "note" ? say("becameNote") : say("becameOption", { s: forWhom || (watched()?.you?.for ?? "") });
}

function why(entry: TrayEntry): string {
  if (entry.reason) return entry.reason;
  const words: Readonly<Record<string, string>> = {
    swallowed: say("swallowed"),
    overrun: say("overrun"),
    put_aside: say("putAside"),
    locked: say("locked"),
    gone: say("gone"),
    too_large: say("tooLarge"),
    homeless: say("homeless"),
  };
  return words[entry.why] ?? "";
}

async function used(button: HTMLElement): Promise<void> {
  const id = button.closest<HTMLElement>("[data-entry]")?.dataset["entry"];
  const entry = entries.find((one) => one.id === id);
  if (!entry) return;
  const { desk } = await toBench();
  const act = button.dataset["tray"];
  if (act === "copy") {
    await navigator.clipboard.writeText(entry.words).catch(() => undefined);
    announce(say("copied"));
    return;
  }
  if (act === "propose") {
    const way = await proposing.wayOf(entry);
    const told = way ? await proposing.propose(entry, way) : "";
    if (told) tellIn(entry, told);
    else if (way) announce(became({ ...entry, became: way.kind === "ask" ? "note" : way.kind }));
    return;
  }
  if (act === "show") {
    const shown = document.getElementById(entry.became ?? "")?.closest<HTMLElement>(".prov");
    if (shown) shown.tabIndex = -1;
    shown?.focus();
    shown?.scrollIntoView({ block: "center" });
    return;
  }
  const here = written();
  if (act === "insert") {
    if (!here) {
      tellIn(entry, say("openFirst"));
      return;
    }
    here.editor.type(entry.words);
    here.editor.view.focus();
  }
  desk.letGo(entry.id);
}

function tellIn({ id }: TrayEntry, words: string): void {
  const made = document.querySelector(`#tray [data-entry="${CSS.escape(id)}"]`);
  const told = made?.querySelector(".told-here");
  if (told) told.textContent = words;
  announce(words);
}

// --- Held work --------------------------------------------------------------------------------------

function held(options: readonly string[], desk: Writing): void {
  const place = document.getElementById("held");
  const list = place?.querySelector("ol");
  if (!place || !list) return;
  place.hidden = options.length === 0;
  list.replaceChildren(
    ...options.flatMap((option) => {
      const made = clone("held-entry");
      const [place_, words] = [made?.querySelector("b"), made?.querySelector("blockquote")];
      if (!made || !place_ || !words) return [];
      made.dataset["option"] = option;
      place_.textContent = nameOf(option) ?? say("heldGone");
      words.textContent = desk.heldWords(option) || "…";
      return [made];
    }),
  );
}

async function decided(button: HTMLElement): Promise<void> {
  const option = button.closest<HTMLElement>("[data-option]")?.dataset["option"];
  if (!option) return;
  const { desk } = await toBench();
  const handle = await desk.open(option);
  if (button.dataset["held"] === "send") handle.send();
  else handle.putAside();
  handle.close();
  held(desk.held, desk);
}

/** To the first of what could not be placed. */
export function go(): void {
  const first = document.querySelector<HTMLElement>("#tray:not([hidden]) button, #held:not([hidden]) button");
  first?.focus();
  first?.scrollIntoView({ block: "nearest" });
  if (!first) announce(say("trayEmpty"));
}

export function start(): void {
  if (!document.getElementById("tray")) return;
  placedBy(proposing.placeOf);
  document.addEventListener(PUT, lookAgain);
  onWatching((watching) => {
    if (!("onTray" in watching)) return;
    void toBench().then(({ desk }) => {
      show(desk.tray);
      desk.onTray(show);
      desk.onHeld((options) => held(options, desk));
    });
  });
  onClick("[data-tray]", (button) => void used(button));
  onClick("[data-held]", (button) => void decided(button));
}
