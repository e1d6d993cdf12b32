// What a button sent is under way: on a slow network the page says so, and sends it once only.
// Forms whose sending a script does itself tell of it themselves.

import { all, announce } from "../dom.ts";

const PATIENCE_MS = 700; // an answer that comes sooner is not waited for

/** The form is being sent: it takes no second press, and after a while says what it waits for. */
export function wait(form: HTMLFormElement): void {
  form.setAttribute("aria-busy", "true");
  setTimeout(() => {
    if (form.getAttribute("aria-busy") !== "true") return;
    const words = document.body.dataset["sayWaiting"] ?? "";
    const said = document.createElement("p");
    said.className = "waiting";
    said.textContent = words;
    form.append(said);
    announce(words);
  }, PATIENCE_MS);
}

function release(): void {
  for (const form of all<HTMLFormElement>("form[aria-busy]")) form.removeAttribute("aria-busy");
  for (const said of all(".waiting")) said.remove();
}

function submitted(event: SubmitEvent): void {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method === "dialog") return;
  if (form.getAttribute("aria-busy") === "true") event.preventDefault();
  else wait(form);
}

export function start(): void {
  document.addEventListener("submit", submitted);
  addEventListener("pageshow", release); // who comes back by the browser finds the page at rest
}
