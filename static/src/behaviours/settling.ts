// What the chair decides on the wordings of one provision, where the paper is read: the nearest of
// the acts of the table.
//
// - A deed says what this page holds of all the wordings there, so that what somebody changed
//   meanwhile is not decided over unseen: it is refused, and the page says so.

import { all } from "../dom.ts";
import type { Deed } from "../live/messages.ts";
import { toBench } from "./live.ts";
import { outcome, tell } from "./tell.ts";
import { whom } from "./whom.ts";
import { say } from "./words.ts";

type Seen = Readonly<Record<string, number>>;

/** This wording becomes the only one of its provision. */
export function choose(article: HTMLElement, option: HTMLElement): Promise<void> {
  return decide(article, (seen) => ({ a: "option.choose", option: option.id, seen }));
}

/** All wordings of the provision become one text, with its alternatives in brackets. */
export function fold(article: HTMLElement): Promise<void> {
  const options = keys(article);
  const provision = article.id;
  return decide(article, (seen) => ({ a: "options.fold", provision, options, how: "common", seen }));
}

/** The alternatives in a text become options. */
export function unfold(article: HTMLElement, option: HTMLElement): Promise<void> {
  return decide(article, (seen) => ({ a: "options.unfold", option: option.id, seen }));
}

/** Nothing that is proposed here is retained. */
export function retainNothing(article: HTMLElement): Promise<void> {
  const provision = article.id;
  return decide(article, (seen) => ({ a: "proposal.retain_not", code: null, provision, seen }));
}

/** Whether there is anything to decide. */
export function isContested(article: HTMLElement): boolean {
  return article.querySelector(".st.c") !== null;
}

export function areSeveral(article: HTMLElement): boolean {
  return keys(article).length > 1;
}

/** Whether a wording holds alternatives: something is pending in it. */
export function isForked(option: HTMLElement | null): boolean {
  return option?.querySelector("[data-c]") !== null;
}

function keys(article: HTMLElement): string[] {
  return all(".opt[id]", article).map((option) => option.id);
}

async function decide(article: HTMLElement, deed: (seen: Seen) => Deed): Promise<void> {
  const options = keys(article);
  try {
    const { desk } = await toBench();
    const handles = await Promise.all(options.map((key) => desk.open(key)));
    const seen = () => Object.fromEntries(handles.map((one) => [one.option, one.version]));
    outcome(article, await desk.act(() => deed(seen()), whom().forWhom, options));
    for (const handle of handles) handle.close();
  } catch {
    tell(article, say("noLine"));
  }
}
