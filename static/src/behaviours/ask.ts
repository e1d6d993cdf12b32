// A question in one line, below the option it is about.

import { say } from "./words.ts";

let listCount = 0;

/** Resolves with the answer, or null where the person turned away. */
export function ask(
  option: HTMLElement,
  question: string,
  answer: string,
  choices: readonly string[] = [],
): Promise<string | null> {
  const template = document.getElementById("question");
  const form = template instanceof HTMLTemplateElement
    ? template.content.firstElementChild?.cloneNode(true)
    : null;
  const before = document.activeElement;
  const place = option.querySelector(":scope > .tx") ?? option;
  if (!(form instanceof HTMLFormElement)) return Promise.resolve(null);
  place.querySelector(":scope > .ask")?.remove();
  form.dataset["made"] = "";
  fill(form, question, answer, choices);
  place.append(form);
  const field = form.querySelector("input");
  field?.focus();
  form.scrollIntoView({ block: "nearest" });
  return new Promise((resolve) => {
    const done = (value: string | null): void => {
      form.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      resolve(value);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      done(field?.value.trim() ?? "");
    });
    form.querySelector("[data-cancel]")?.addEventListener("click", () => done(null));
    form.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") done(null);
    });
  });
}

function fill(
  form: HTMLFormElement,
  question: string,
  answer: string,
  choices: readonly string[],
): void {
  const [label, field, button] = [
    form.querySelector("[data-label]"),
    form.querySelector("input"),
    form.querySelector(".main"),
  ];
  if (label) label.textContent = question;
  if (button) button.textContent = say("set");
  if (!field) return;
  field.value = answer;
  field.required = answer === "";
  if (choices.length === 0) return;
  const list = document.createElement("datalist");
  list.id = `choices-${listCount++}`;
  list.append(...choices.map((name) => new Option(name, name)));
  field.setAttribute("list", list.id);
  form.append(list);
}
