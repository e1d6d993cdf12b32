// For whom one writes, always in sight: a delegation's own, or for chair and secretary a choice.

import { all } from "../dom.ts";
import type { You } from "../live/messages.ts";
import { onWatching, watched } from "./live.ts";
import { say } from "./words.ts";

let chosen = ""; // "": one's own default standing
let pending = false;

/** Sent when the choice, or how it is written down, has changed. */
export const WHOM = "drafting:whom";

export interface Whom {
  readonly forWhom: string; // as the line wants it
  readonly name: string; // as people read it
  readonly isPending: boolean;
}

export function whom(): Whom {
  const you = watched()?.you;
  const isPending = you?.writes === "pending" || (you?.writes === "direct" && pending);
  return { forWhom: chosen, name: chosen || (you?.for ?? ""), isPending };
}

/** Chair and secretary may write requests too, in the name of whom they write for. */
export function togglePending(): void {
  pending = !pending;
  changed();
}

function changed(): void {
  for (const select of all<HTMLSelectElement>("select[name=for]")) select.value = chosen;
  document.dispatchEvent(new Event(WHOM));
}

function show(you: You): void {
  const [fixed, choice] = [all("[data-for=fixed]")[0], all("[data-for=chosen]")[0]];
  if (!fixed || !choice) return;
  if (you.writes === "nothing") delete document.body.dataset["writes"];
  else document.body.dataset["writes"] = you.writes;
  const many = you.writes === "direct" && you.may_write_for.length > 0;
  choice.hidden = !many;
  fixed.hidden = many || you.writes === "nothing";
  tellHow(you.writes === "pending");
  const name = fixed.querySelector("b");
  if (name) name.textContent = you.for;
  if (many) fill(you);
  changed();
}

/** Says whether what one types just now becomes pending changes. */
export function tellHow(isPending: boolean): void {
  const words = document.querySelector("[data-for=fixed] span");
  if (words) words.textContent = say(isPending ? "asPending" : "direct");
}

function fill(you: You): void {
  if (!you.may_write_for.includes(chosen)) chosen = "";
  for (const select of all<HTMLSelectElement>("select[name=for]")) lendChoices(select);
}

/** The choices of whom to write for, in a select; false where there is nothing to choose. */
export function lendChoices(select: HTMLSelectElement): boolean {
  const you = watched()?.you;
  if (you?.writes !== "direct" || you.may_write_for.length === 0) return false;
  const names = you.may_write_for.filter((name) => name !== you.for);
  const options = [new Option(you.for, ""), ...names.map((name) => new Option(name, name))];
  select.replaceChildren(...options);
  select.value = chosen;
  return true;
}

export function start(): void {
  onWatching((watching) => {
    if (watching.you) show(watching.you);
    watching.onWelcome(show);
  });
  document.addEventListener("change", (event) => {
    const select = event.target;
    if (!(select instanceof HTMLSelectElement) || select.name !== "for") return;
    chosen = select.value;
    changed();
  });
}
