// The import report: it goes on by itself while the paper is read, and takes answers in place.

import { all, announce, closest, fetchPage, onClick } from "../dom.ts";
import { listen } from "../live/socket.ts";
import { stored } from "../preferences.ts";

const LOOK_AGAIN_MS = 2000;

function report(): HTMLElement | null {
  return document.getElementById("report");
}

function isReading(): boolean {
  return report()?.dataset["state"] === "reading";
}

/** Puts the fresh report where the old one was. Gives false where there is none. */
function put(page: Document | null): boolean {
  const fresh = page?.getElementById("report");
  if (!fresh) return false;
  report()?.replaceWith(fresh);
  thin();
  return true;
}

/** Numbers that would stand on each other are left to the list below. */
function thin(): void {
  const strip = document.querySelector(".map");
  const numbers = all(".map a");
  const width = strip?.clientWidth ?? 0;
  strip?.classList.toggle("crowded", numbers.length * 24 > width);
}

function draw(progress: number): void {
  const bar = report()?.querySelector<HTMLProgressElement>("[data-progress]");
  if (bar) bar.value = progress;
  const words = report()?.querySelector("[data-progress-words]");
  if (words) words.textContent = `${progress} %`;
}

async function ask(): Promise<void> {
  const url = report()?.dataset["stateUrl"];
  if (!url || !isReading()) return;
  try {
    const answer = await fetch(url, { credentials: "same-origin" });
    const told: unknown = await answer.json();
    if (typeof told !== "object" || told === null) return;
    if ("progress" in told && typeof told.progress === "number") draw(told.progress);
    if ("state" in told && told.state !== "reading") await reload();
  } catch {
    // Not reachable now: it is asked again.
  }
}

async function reload(): Promise<void> {
  if (put(await fetchPage(location.href))) announce(document.querySelector("h1")?.textContent ?? "");
}

async function send(form: HTMLFormElement): Promise<void> {
  const number = form.closest(".q")?.id;
  form.setAttribute("aria-busy", "true");
  const page = await fetchPage(form.action, { method: "POST", body: new FormData(form) });
  if (!put(page)) {
    form.submit(); // In the ordinary way, so that the browser shows what is wrong.
    return;
  }
  nextQuestion(number);
  announce(document.querySelector("#foot [role=status]")?.textContent ?? "");
}

/** Goes to the next question without an answer, after the one with this id. */
function nextQuestion(after?: string): void {
  const questions = all(".q");
  const from = questions.findIndex((question) => question.id === after) + 1;
  const order = [...questions.slice(from), ...questions.slice(0, from)];
  const next = order.find((question) => !question.classList.contains("done"));
  for (const question of questions) question.classList.toggle("here", question === next);
  const target = next?.querySelector<HTMLElement>("input:checked") ?? document.getElementById("foot");
  target?.focus({ preventScroll: true });
  (next ?? target)?.scrollIntoView({ block: "start" });
}

function submitted(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-answer")) return;
  event.preventDefault();
  void send(form);
}

function pressed(event: KeyboardEvent): void {
  const busy = event.ctrlKey || event.metaKey || event.altKey || closest(event, "select, textarea");
  if (busy || event.key !== "n" || !stored().keys) return;
  nextQuestion(document.querySelector(".q.here")?.id);
}

/** In the group's list, papers that are still being read: it is looked again until none is. */
function wait(): void {
  if (!document.querySelector("#waiting [data-reading]")) return;
  window.setTimeout(() => {
    void fetchPage(location.href).then((page) => {
      const fresh = page?.getElementById("waiting");
      if (fresh) document.getElementById("waiting")?.replaceWith(fresh);
      wait();
    });
  }, LOOK_AGAIN_MS);
}

export function start(): void {
  wait();
  const place = report();
  if (!place) return;
  thin();
  document.addEventListener("submit", submitted);
  document.addEventListener("keydown", pressed);
  onClick("[data-do=next-question]", () => {
    nextQuestion(document.querySelector(".q.here")?.id);
  });
  if (!isReading()) return;
  const id = Number(place.dataset["import"]);
  listen(place.dataset["live"] ?? "", {
    hint: (hint) => {
      if (hint.kind !== "import" || hint.id !== id || !isReading()) return;
      draw(hint.progress);
      if (hint.state !== "reading") void reload();
    },
    ask: () => void ask(),
  });
}
