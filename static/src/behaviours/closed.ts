// Agreed text is closed: why, by whom, when, and how it may be opened again.

import { announce } from "../dom.ts";
import type { Closed } from "../live/messages.ts";
import { mayAct } from "./structure.ts";
import { say } from "./words.ts";

export function explainClosed(option: HTMLElement, closed: Closed): void {
  const place = option.querySelector(":scope > .tx");
  if (!place) return;
  place.querySelector(":scope > .why")?.remove();
  const note = document.createElement("p");
  note.className = "why";
  note.dataset["made"] = "";
  note.tabIndex = -1;
  const article = option.closest<HTMLElement>(".prov");
  const status = article?.querySelector(".st")?.textContent?.trim() ?? closed.status;
  const sentences = [say("closed", { s: status }), whoAndWhen(closed), closed.reason, howTo()];
  note.textContent = sentences.filter(Boolean).join(" ");
  note.addEventListener("keydown", (event) => {
    if (event.key === "Escape") note.remove();
  });
  place.append(note);
  note.focus({ preventScroll: true });
  announce(note.textContent);
}

function whoAndWhen({ by, for: forWhom, at }: Closed): string {
  if (!by && !forWhom) return "";
  const names = [by, forWhom].filter((name, place, all) => name && all.indexOf(name) === place);
  const when = new Intl.DateTimeFormat(document.documentElement.lang, {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  });
  const date = at ? `, ${when.format(new Date(at))}` : "";
  return say("closedBy", { s: names.join(", ") + date });
}

function howTo(): string {
  return say(mayAct("status") ? "closedReopen" : "closedAsk");
}
