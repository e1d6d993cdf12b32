// A sentence to the person, where they are, and for those who listen.

import { announce } from "../dom.ts";
import { remember } from "./acted.ts";
import type { Answer } from "../writing/contract.ts";
import { say } from "./words.ts";

const SEEN_MS = 9_000;

/** What can be done about it, there and then. */
export interface Offer {
  readonly words: string;
  take(): void;
}

/** Says it below the provision or option `near`, for a while. */
export function tell(near: Element | null, words: string, offer?: Offer): void {
  announce(offer ? `${words} ${offer.words}` : words);
  const place = near?.closest(".prov")?.querySelector(".tx:has(.pm)") ?? near?.querySelector(".tx");
  if (!place) return;
  place.querySelector(":scope > .told")?.remove();
  const line = document.createElement("p");
  line.className = "told";
  line.dataset["made"] = "";
  line.append(words, ...(offer ? [" ", button(offer, line)] : []));
  place.append(line);
  setTimeout(() => line.remove(), SEEN_MS);
}

function button({ words, take }: Offer, line: HTMLElement): HTMLElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain";
  made.textContent = words;
  made.addEventListener("click", () => {
    line.remove();
    take();
  });
  return made;
}

/** Says what became of an act, where it was not done. Gives what it made, or null. */
export function outcome(near: Element | null, answer: Answer): readonly string[] | null {
  if (answer.kind === "done") {
    remember(answer.seq);
    return answer.made;
  }
  if (answer.kind === "offline") tell(near, say("noLine"));
  else tell(near, say("refused", { s: answer.reason }));
  return null;
}
