// What must be asked before an act: a reason, own words, a stance, a name. One form, at the foot.

import { all } from "../dom.ts";
import type { Told } from "./deeds.ts";

export type Ask = "reason" | "own" | "position" | "package";

interface Question {
  readonly legend: string;
  readonly on: string; // what it is about
  readonly words: string; // to write on from
  readonly told: (told: Told) => void; // what stands there would do, as one goes on
  readonly done: (told: Told) => void;
}

let asked: Question | null = null;
let before: Element | null = null;
let pausing = 0;

const PAUSE_MS = 250; // of one who writes, before it is asked what that would do

function panel(): HTMLFormElement | null {
  const form = document.getElementById("panel");
  return form instanceof HTMLFormElement ? form : null;
}

export function isOpen(): boolean {
  return asked !== null;
}

export function showPanel(ask: Ask, question: Question): void {
  const form = panel();
  if (!form) return;
  before = document.activeElement;
  asked = question;
  form.reset();
  for (const part of all<HTMLFieldSetElement>("fieldset", form)) {
    const isIt = part.dataset["for"] === ask;
    part.hidden = part.disabled = !isIt;
    for (const place of all("[data-on]", part)) place.textContent = question.on;
    const legend = part.querySelector("[data-legend]");
    if (legend) legend.textContent = question.legend;
  }
  const own = form.querySelector("textarea");
  if (own) own.value = question.words;
  form.hidden = false;
  form.querySelector<HTMLElement>("fieldset:not([hidden]) :is(select, input, textarea)")?.focus();
  look(form);
}

/** Tells what would come of it, once there is all that it needs. */
function look(form: HTMLFormElement): void {
  if (asked && form.matches(":valid")) asked.told(told(form));
}

export function hidePanel(): boolean {
  const form = panel();
  if (!form || !asked) return false;
  asked = null;
  clearTimeout(pausing);
  form.hidden = true;
  if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  return true;
}

function told(form: HTMLFormElement): Told {
  const data = new FormData(form);
  const value = (name: string): string => {
    const found = data.get(name);
    return typeof found === "string" ? found.trim() : "";
  };
  return {
    reason: value("reason"),
    words: value(data.has("own") ? "own" : data.has("words") ? "words" : "reason"),
    stance: value("stance"),
    delegation: value("delegation"),
    name: value("package"),
  };
}

export function start(): void {
  const form = panel();
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    asked?.done(told(form));
  });
  form?.addEventListener("input", () => {
    clearTimeout(pausing);
    pausing = setTimeout(() => look(form), PAUSE_MS);
  });
  form?.addEventListener("keydown", (event) => {
    // In a field of many lines Enter begins a line.
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form?.querySelector("[data-do=cancel]")?.addEventListener("click", () => hidePanel());
}
