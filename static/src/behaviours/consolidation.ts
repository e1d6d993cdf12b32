// A long run tells how far it is, line by line, in the answer to the request that began it.

import { all, announce } from "../dom.ts";
import { LINES, type Line, linesOf, lineFrom } from "../progress.ts";

function draw(form: HTMLFormElement, line: { percent: number; doing: string }): void {
  const bar = form.querySelector("progress");
  const words = form.querySelector("[data-doing]");
  if (bar) bar.value = line.percent;
  if (words) words.textContent = line.doing;
  announce(`${line.percent} %. ${line.doing}`);
}

function begin(form: HTMLFormElement): void {
  form.setAttribute("aria-busy", "true");
  for (const button of form.querySelectorAll("button")) button.disabled = true;
  const row = form.querySelector<HTMLElement>("[data-running]");
  if (row) row.hidden = false;
}

/** What is refused is told where one presses, and the page as it is now is one reload away. */
function refuse(form: HTMLFormElement, sentence: string): void {
  form.removeAttribute("aria-busy");
  const row = form.querySelector<HTMLElement>("[data-running]");
  if (row) row.hidden = true;
  const said = document.createElement("p");
  said.className = "bad";
  said.setAttribute("role", "alert");
  said.textContent = sentence;
  form.append(said);
}

async function follow(form: HTMLFormElement, body: ReadableStream<Uint8Array>): Promise<void> {
  let last: Line | null = null;
  for await (const words of linesOf(body)) {
    last = lineFrom(words);
    if (last?.kind === "going") draw(form, last);
    if (last?.kind === "refused") refuse(form, last.sentence);
    if (last?.kind === "go") location.assign(last.address);
  }
  if (last === null || last.kind === "going") location.reload(); // Cut off: the page tells.
}

async function send(form: HTMLFormElement): Promise<void> {
  begin(form);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: LINES },
      credentials: "same-origin",
    });
    const told = answer.headers.get("Content-Type")?.startsWith(LINES);
    if (answer.ok && told && answer.body) await follow(form, answer.body);
    else location.reload();
  } catch {
    location.reload();
  }
}

export function start(): void {
  for (const form of all<HTMLFormElement>("form[data-progress]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!form.getAttribute("aria-busy")) void send(form);
    });
  }
}
