// Agreed text is closed: why, by whom, when, and how it may be opened again.

import { announce } from "../dom.ts";
import type { Closed } from "../live/messages.ts";
import { mayAct } from "./own.ts";
import { PUT } from "./put.ts";
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
  const fill = (): void => {
    const status = article?.querySelector<HTMLElement>(".st");
    const told = say("closed", { s: status?.textContent?.trim() ?? closed.status });
    note.textContent = [told, whoAndWhen(closed), closed.reason, howTo()].filter(Boolean).join(" ");
    // The page shows the new status a moment later.
    if (status?.dataset["st"] !== closed.status) article?.addEventListener(PUT, fill, { once: true });
  };
  fill();
  note.addEventListener("keydown", (event) => {
    if (event.key === "Escape") note.remove();
  });
  place.append(note);
  note.focus({ preventScroll: true });
  announce(note.textContent ?? "");
}

function whoAndWhen({ by, for: forWhom, at }: Closed): string {
  if (!by && !forWhom) return "";
  const names = [by, forWhom].filter((name, place, all) => name && all.indexOf(name) === place);
  const date = at ? `, ${when(new Date(at))}` : "";
  return say("closedBy", { s: names.join(", ") + date });
}

/** "26 November, 13:20": as everywhere on the pages, and in their time zone. */
function when(at: Date): string {
  const timeZone = document.getElementById("room")?.dataset["zone"] ?? "UTC";
  const written = new Intl.DateTimeFormat(document.documentElement.lang, {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  });
  const parts = new Map(written.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  return `${part("day")} ${part("month")}, ${part("hour")}:${part("minute")}`;
}

function howTo(): string {
  return say(mayAct("status") ? "closedReopen" : "closedAsk");
}

const CLOSED = ["agreed_ad_ref", "agreed", "agreed_higher", "lapsed", "deleted"];

/** Whether a provision is closed, as the page shows it. */
export function isClosed(article: HTMLElement | null): boolean {
  return CLOSED.includes(article?.querySelector<HTMLElement>(".st")?.dataset["st"] ?? "");
}
