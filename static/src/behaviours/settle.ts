// Pending changes in the margin: who asks for what, and for chair and secretary accept and reject,
// one, a selection, or all of one source: here or in the whole draft.
//
// - A delegate is offered nothing but to withdraw what the own delegation asks for.
// - What is drawn again keeps the focus: on the next button, or on the provision when all is settled.

import { all, announce, closest, onClick } from "../dom.ts";
import type { SettlePending } from "../live/messages.ts";
import { act } from "./doing.ts";
import { onWatching } from "./live.ts";
import { PUT } from "./put.ts";
import { SWAPPED } from "../dom.ts";
import { mayAccept, mayReject } from "./own.ts";
import { say } from "./words.ts";

/** A change as the page shows it: its pieces may lie in several places. */
interface Change {
  readonly id: string;
  readonly source: string;
  readonly kind: "insertion" | "deletion";
  words: string;
}

export async function settle(what: Omit<SettlePending, "a">, near: HTMLElement): Promise<void> {
  const made = await act({ a: "pending.settle", ...what }, near);
  if (made) announce(say(what.accept ? "accepted" : mayAccept() ? "rejected" : "withdrawn"));
}

function changesOf(root: ParentNode): Change[] {
  const found = new Map<string, Change>();
  for (const piece of all("[data-c]", root)) {
    if (piece.closest(".live")) continue;
    for (const told of (piece.dataset["c"] ?? "").split(" ")) {
      const [id = "", sign = "", source = ""] = told.split("/");
      const kind = sign === "+" ? "insertion" : "deletion";
      const known = found.get(id + sign) ?? { id, kind, source: decodeURIComponent(source), words: "" };
      known.words += piece.textContent;
      found.set(id + sign, known);
    }
  }
  return [...found.values()];
}

function note(option: HTMLElement): void {
  const old = option.querySelector(":scope > .notes > .asked");
  const changes = changesOf(option);
  const fresh = changes.length > 0 ? drawn(changes) : null;
  if (old && fresh?.isEqualNode(old)) return;
  const hadFocus = old?.contains(document.activeElement) ?? false;
  old?.remove();
  if (fresh) (option.querySelector(":scope > .notes") ?? option.appendChild(margin())).prepend(fresh);
  const notes = option.querySelector(":scope > .notes");
  if (notes?.childElementCount === 0) notes.remove();
  if (hadFocus) focusOn(fresh?.querySelector("button") ?? option.closest<HTMLElement>(".prov"));
}

function focusOn(target: HTMLElement | null): void {
  if (target?.matches(".prov")) target.tabIndex = -1;
  target?.focus({ preventScroll: true });
}

function drawn(changes: readonly Change[]): HTMLElement {
  const asked = document.createElement("div");
  asked.className = "note asked";
  asked.dataset["made"] = "";
  const head = document.createElement("b");
  const count = new Set(changes.map((change) => change.id)).size;
  head.textContent = count === 1 ? say("pendingOne") : say("pendingMany", { n: count });
  asked.append(head, ...lines(changes));
  return asked;
}

function margin(): HTMLElement {
  const notes = document.createElement("div");
  notes.className = "notes";
  notes.dataset["made"] = "";
  return notes;
}

function lines(changes: readonly Change[]): HTMLElement[] {
  const sources = [...new Set(changes.map((change) => change.source))].filter(mayReject);
  const many = sources.filter((source) => changes.filter((one) => one.source === source).length > 1);
  const wide = sources.filter((source) => placesOf(source) > 1);
  return [
    ...changes.map(line),
    ...many.map((source) => both("All", source, "")),
    ...wide.map((source) => both("Everywhere", source, "1")),
  ];
}

/** Accept and reject, or for who asked for it: withdraw. */
function both(which: string, source: string, everywhere: string): HTMLElement {
  return choices((word, accept) => {
    return button(`${word}${which}`, { s: source }, { all: source, accept, everywhere });
  });
}

function choices(make: (word: string, accept: string) => HTMLElement): HTMLElement {
  return row(mayAccept() ? [make("accept", "1"), make("reject", "")] : [make("withdraw", "")]);
}

/** In how many options of the paper a source asks for something. */
function placesOf(source: string): number {
  const pieces = all(`.paper [data-c*="/${CSS.escape(encodeURIComponent(source))}"]`);
  const theirs = pieces.filter((piece) => {
    const told = (piece.dataset["c"] ?? "").split(" ").map((one) => one.split("/")[2] ?? "");
    return told.some((one) => decodeURIComponent(one) === source);
  });
  return new Set(theirs.map((piece) => piece.closest(".opt"))).size;
}

function line({ id, source, kind, words }: Change): HTMLElement {
  const told = document.createElement("p");
  const short = words.length > 60 ? `${words.slice(0, 56)} …` : words;
  const what = say(kind === "insertion" ? "adds" : "strikes", { s: source, w: short.trim() });
  told.textContent = what;
  if (mayReject(source)) told.append(choices((word, accept) => button(word, {}, { id, accept, what })));
  return told;
}

function row(buttons: readonly HTMLElement[]): HTMLElement {
  const row = document.createElement("span");
  row.className = "acts-row";
  row.append(...buttons);
  return row;
}

function button(
  word: string,
  fill: Readonly<Record<string, string>>,
  data: Readonly<Record<string, string>>,
): HTMLElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain";
  made.textContent = say(word, fill);
  if (data["what"]) made.setAttribute("aria-label", `${made.textContent}: ${data["what"]}`);
  made.dataset["settle"] = data["id"] ?? "";
  made.dataset["accept"] = data["accept"] ?? "";
  if (data["all"]) made.dataset["all"] = data["all"];
  if (data["everywhere"]) made.dataset["everywhere"] = data["everywhere"];
  return made;
}

function pressed(pressedButton: HTMLElement): void {
  const option = pressedButton.closest<HTMLElement>(".opt");
  if (!option) return;
  const { settle: id = "", accept = "", all: source, everywhere: wide } = pressedButton.dataset;
  const where = { option: wide ? null : option.id };
  const what = source ? { source, ...where } : { ids: [id], ...where };
  void settle({ accept: accept !== "", ...what }, option);
}

/** Goes to the next pending change. */
export function next(): void {
  const stops = all(".asked");
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  const target = stops[(at + 1) % stops.length];
  const focus = target?.querySelector<HTMLElement>("button") ?? target;
  if (focus === target && target) target.tabIndex = -1;
  focus?.focus({ preventScroll: true });
  target?.closest(".prov")?.scrollIntoView({ block: "center" });
}

function everywhere(): void {
  for (const option of all(".paper .opt")) {
    if (option.querySelector("[data-c], .asked")) note(option);
  }
}

export function start(): void {
  if (!document.getElementById("room")) return;
  everywhere();
  onWatching((watching) => watching.onWelcome(everywhere));
  document.addEventListener(SWAPPED, everywhere);
  document.addEventListener(PUT, (event) => {
    if (event.target instanceof Element) for (const option of all(".opt", event.target)) note(option);
    for (const asked of all(".asked")) note(asked.closest<HTMLElement>(".opt") ?? asked);
  });
  onClick("[data-settle]", pressed);
  const light = (on: boolean) => (event: Event) => {
    const id = closest(event, "[data-settle]")?.dataset["settle"];
    if (!id) return;
    for (const piece of all(`[data-c*="${CSS.escape(id)}/"]`)) {
      piece.classList.toggle("lit", on);
    }
  };
  for (const name of ["pointerover", "focusin"]) document.addEventListener(name, light(true));
  for (const name of ["pointerout", "focusout"]) document.addEventListener(name, light(false));
}
