// Who is here and for whom: in the bar, in the margin of what they write in, and in the outline.

import { all, SWAPPED } from "../dom.ts";
import type { Person } from "../live/messages.ts";
import { onWatching, watched } from "./live.ts";
import { OUTLINED } from "./outline.ts";
import { PUT } from "./put.ts";
import { say } from "./words.ts";
import { written, type Written } from "./write.ts";
import { WHOM } from "./whom.ts";

let people: readonly Person[] = [];

const nameOf = (person: Person): string => person.for || person.name;
const others = (): Person[] => people.filter((person) => person.sid !== watched()?.sid);
const unique = (names: readonly string[]): string[] => [...new Set(names)];

function show(told: readonly Person[]): void {
  people = told;
  bar();
  margins();
  outline();
  carets();
}

function bar(): void {
  const place = document.getElementById("people");
  const summary = place?.querySelector("summary");
  const list = place?.querySelector("ul");
  if (!place || !summary || !list) return;
  place.hidden = people.length === 0; // nobody is known while the line is down
  const writing = unique(others().filter((one) => one.option).map(nameOf));
  const words = say("here", { n: people.length });
  const shown = writing.slice(0, 4).join(" ") + (writing.length > 4 ? " …" : "");
  const count = document.createElement("span");
  count.textContent = words;
  const codes = document.createElement("b");
  codes.className = "code";
  codes.textContent = shown;
  summary.replaceChildren(count, ...(shown ? [" ", codes] : []));
  summary.removeAttribute("aria-label");
  list.replaceChildren(...people.map(entry));
}

function entry(person: Person): HTMLElement {
  const line = document.createElement("li");
  const code = document.createElement("b");
  code.className = "code";
  code.textContent = nameOf(person);
  const isMe = person.sid === watched()?.sid;
  const who = isMe ? `${person.name} (${say("you")})` : person.name;
  line.append(code, ` ${who}, `, whereOf(person));
  return line;
}

function whereOf(person: Person): string {
  const article = person.option && document.getElementById(person.option)?.closest<HTMLElement>(".prov");
  return article ? say("writesIn", { s: article.dataset["name"] ?? "" }) : say("reads");
}

function margins(): void {
  const byOption = new Map<string, Person[]>();
  for (const person of others()) {
    if (person.option) byOption.set(person.option, [...(byOption.get(person.option) ?? []), person]);
  }
  for (const old of all(".here-m")) {
    const option = old.closest(".opt")?.id ?? "";
    if (!byOption.has(option)) old.remove();
  }
  for (const [option, here] of byOption) margin(option, unique(here.map(nameOf)));
}

function margin(option: string, names: readonly string[]): void {
  const place = document.getElementById(option)?.querySelector(".who");
  if (!place) return;
  const line = place.querySelector<HTMLElement>(".here-m") ?? document.createElement("span");
  line.className = "here-m";
  line.dataset["made"] = "";
  const words = say(names.length > 1 ? "areWriting" : "isWriting", { s: names.join(", ") });
  if (line.textContent !== words) line.textContent = words;
  const acts = place.querySelector(".acts");
  if (line.isConnected) return;
  if (acts) acts.before(line);
  else place.append(line);
}

function outline(): void {
  for (const old of all(".toc .who-here")) old.remove();
  const bySection = new Map<string, string[]>();
  for (const person of others()) {
    const section = person.option && document.getElementById(person.option)?.closest(".part")?.id;
    if (section) bySection.set(section, unique([...(bySection.get(section) ?? []), nameOf(person)]));
  }
  for (const [section, names] of bySection) {
    const strip = document.querySelector(`[data-section="${CSS.escape(section)}"] .strip`);
    const words = document.createElement("span");
    words.className = "who-here";
    words.textContent = names.join(", ");
    strip?.append(words);
  }
}

function carets(): void {
  const here = written();
  if (here) here.editor.carets(others().flatMap((person) => caret(here, person)));
}

function caret({ handle }: Written, person: Person): Parameters<Written["editor"]["carets"]>[0] {
  if (person.option !== handle.option) return [];
  const place = handle.caretOf(person);
  return place ? [{ sid: person.sid, who: nameOf(person), ...place }] : [];
}

export function start(): void {
  if (!document.getElementById("people")) return;
  const again = (): void => show(people);
  onWatching((watching) => watching.onPeople(show));
  for (const name of [PUT, SWAPPED, WHOM, OUTLINED]) document.addEventListener(name, again);
}
