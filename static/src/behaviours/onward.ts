// What makes a provision or joins two, and on with writing where the words now stand.

import { all } from "../dom.ts";
import type { Bench } from "../editor/bench.ts";
import type { Deed } from "../live/messages.ts";
import { catchLetters } from "./catching.ts";
import { act } from "./doing.ts";
import { PUT } from "./put.ts";
import { outcome } from "./tell.ts";
import { whom } from "./whom.ts";
import * as write from "./write.ts";

const PATIENCE_MS = 5_000;

/** A new provision after one, at its level. Where one asks for changes, it is a proposal. */
export function adding(provision: string, article: HTMLElement | null, kind: "item" | "call"): Deed {
  const level = kind === "call" ? 0 : levelOf(article);
  return { a: "provision.add", after: provision, kind, level, proposed: whom().isPending };
}

export function levelOf(article: HTMLElement | null): number {
  const row = article?.querySelector(".row");
  return Number(/(?:^| )l([1-3])/u.exec(row?.className ?? "")?.[1] ?? 1);
}

/** An empty proposal goes, and one is back where one came from. */
export async function takeBack(provision: HTMLElement, option: HTMLElement): Promise<void> {
  const options = all(".paper .opt[id]");
  const before = options[options.indexOf(option) - 1];
  const done = await act({ a: "provision.delete", provision: provision.id }, option);
  if (!done) return;
  write.leave(false);
  if (before) await write.open(before, "end");
}

/** What stands behind the caret becomes a provision of its own. */
export function splitHere({ bench, option, editor }: write.Written): void {
  void split(bench, option, editor.view.state.selection.head);
}

export async function split(bench: Bench, option: HTMLElement, pos: number): Promise<void> {
  const here = write.written();
  if (!here) return;
  await goOn(bench, option, () => ({
    a: "provision.split",
    option: option.id,
    version: here.handle.version,
    pos: Math.min(pos, here.handle.doc.content.size),
  }));
}

/** Does what makes a provision, and goes on writing in it. */
export async function goOn(bench: Bench, option: HTMLElement, what: () => Deed): Promise<void> {
  await meanwhile(option, async () => {
    const answer = await bench.desk.act(what, whom().forWhom, [option.id]);
    const made = outcome(option, answer);
    const place = made?.[1] ? await stands(made[1]) : null;
    return place && { place, at: "start" };
  });
}

export async function join(bench: Bench, provision: HTMLElement, option: HTMLElement): Promise<void> {
  const all_ = all(".paper .prov");
  const before = all_[all_.indexOf(provision) - 1];
  const target = before?.querySelector<HTMLElement>(".opt[id]");
  if (!target) return;
  await meanwhile(option, async () => {
    const handle = await bench.desk.open(target.id);
    const end = handle.doc.content.size - 1;
    handle.close();
    const deed: Deed = { a: "provision.join", provision: provision.id };
    const answer = await bench.desk.act(deed, whom().forWhom, [option.id, target.id]);
    return outcome(option, answer) && { place: target, at: end };
  });
}

type Next = { readonly place: HTMLElement; readonly at: write.Where } | null;

/** Does what leads to another editor; what is typed meanwhile is typed there. */
async function meanwhile(option: HTMLElement, lead: () => Promise<Next>): Promise<void> {
  const here = write.written();
  if (!here) return;
  const caught = catchLetters();
  let isGivenBack = false;
  // A line that fails just now must not keep anybody from writing.
  const late = setTimeout(() => {
    isGivenBack = true;
    giveBack(here, caught.end());
  }, PATIENCE_MS);
  const next = await lead();
  clearTimeout(late);
  await caught.composed();
  const there = next && (await write.open(next.place, next.at));
  if (!isGivenBack) write.putIn(there ?? write.written(), option, caught.end());
}

function giveBack(here: write.Written, typed: string): void {
  const isThere = !here.editor.view.isDestroyed;
  if (isThere) here.editor.view.focus();
  write.putIn(isThere ? here : null, here.option, typed);
}

/** The element with this id, once it stands on the page. */
export function stands(id: string): Promise<HTMLElement | null> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = document.getElementById(id);
      if (!found) return;
      stop();
      resolve(found);
    };
    const late = setTimeout(() => {
      stop();
      resolve(null);
    }, PATIENCE_MS);
    const stop = (): void => {
      clearTimeout(late);
      document.removeEventListener(PUT, look);
    };
    document.addEventListener(PUT, look);
    look();
  });
}
