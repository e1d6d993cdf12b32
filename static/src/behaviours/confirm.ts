// An act that cannot be taken back is asked for twice, in words that say what it does.

import { wait } from "./waiting.ts";

const SENT = "data-sent";

function dialog(): HTMLDialogElement | null {
  return document.querySelector<HTMLDialogElement>("dialog#confirm");
}

function submitted(event: SubmitEvent): void {
  const form = event.target;
  const box = dialog();
  if (!(form instanceof HTMLFormElement) || !box || !form.dataset["confirm"]) return;
  event.preventDefault();
  if (form.hasAttribute(SENT)) return;
  const words = box.querySelector("#confirm-words");
  if (words) words.textContent = form.dataset["confirm"];
  const yes = box.querySelector("[data-yes]");
  const label = form.dataset["confirmYes"] ?? event.submitter?.textContent;
  if (yes && label) yes.textContent = label;
  box.returnValue = "no";
  box.onclose = () => {
    if (box.returnValue !== "yes") return;
    form.setAttribute(SENT, "");
    wait(form);
    form.submit();
  };
  box.showModal();
}

export function start(): void {
  if (dialog()) document.addEventListener("submit", submitted);
}
