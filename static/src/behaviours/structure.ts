// What keys in an option do to the paper around it, and the way to the neighbouring options.

import { all } from "../dom.ts";
import type { Bench, Structure } from "../editor/bench.ts";
import type { Deed } from "../live/messages.ts";
import * as deeds from "./deeds.ts";
import { watched } from "./live.ts";
import { isAsking, isOwn, mayAct, mayActOn } from "./own.ts";
import { PUT } from "./put.ts";
import { outcome, tell } from "./tell.ts";
import { whom } from "./whom.ts";
import { say } from "./words.ts";
import * as write from "./write.ts";

const PATIENCE_MS = 5_000;

export function isUp(): boolean {
  const kind = watched()?.saying.kind;
  return kind === "saved" || kind === "saving" || kind === "held" || kind === "catching up";
}

const CLOSED = ["agreed_ad_ref", "agreed", "agreed_higher", "lapsed", "deleted"];

/** Whether a provision is closed, as the page shows it. */
export function isClosed(article: HTMLElement | null): boolean {
  return CLOSED.includes(article?.querySelector<HTMLElement>(".st")?.dataset["st"] ?? "");
}

export function structureOf(bench: Bench, option: HTMLElement): Structure {
  const article = (): HTMLElement | null => option.closest<HTMLElement>(".prov");
  return {
    isPending: () => isAsking(option),
    explain: () => {
      const take = (): void => deeds.run("option", article(), option);
      const may = mayAct("option.add");
      tell(option, say("structure"), may ? { words: say("ours"), take } : undefined);
    },
    split: (pos) => {
      const alone = all(":scope > .opt", article() ?? undefined).length === 1;
      const isItem = article()?.matches(".k-item, .k-other, .k-chapeau") ?? false;
      if (!alone || !isItem || !mayActOn("provision.split", article()) || !isUp()) return false;
      void split(bench, option, pos);
      return true;
    },
    join: () => {
      const provision = article();
      if (!provision || !mayActOn("provision.join", provision)) return false;
      if (!isUp()) return noLine(option);
      if (isOwn(provision) && isEmpty()) void takeBack(provision, option);
      else void join(bench, provision, option);
      return true;
    },
    propose: () => {
      if (!mayAct("provision.add")) return false;
      if (!isUp()) return noLine(option);
      const provision = article();
      if (provision) void goOn(bench, option, () => deeds.adding(provision.id, provision, "item"));
      return provision !== null;
    },
    level: (step) => {
      if (!isOwn(article()) || !mayActOn("provision.level", article())) return false;
      deeds.run(step === 1 ? "in" : "out", article(), option);
      return true;
    },
    go: (step) => {
      const options = all(".paper .opt[id]");
      const next = options[options.indexOf(option) + step];
      if (next) void write.open(next, step === 1 ? "start" : "end");
      return next !== undefined;
    },
    leave: () => void write.leave(),
    toTools: () => write.written()?.tools.focus(),
    menu: () => deeds.openMenu(article(), option),
    addAfter: () => deeds.run("item", article(), option),
    shift: (step) => deeds.run(step === 1 ? "down" : "up", article(), option),
    note: () => deeds.run("note", article(), option),
    behind: () => deeds.run("behind", article(), option),
    remove: () => {
      if (mayActOn("provision.delete", article())) deeds.run("delete", article(), option);
      else tell(option, say("notYours"));
    },
  };
}

function noLine(option: HTMLElement): true {
  tell(option, say("noLine"));
  return true;
}

function isEmpty(): boolean {
  const doc = write.written()?.editor.view.state.doc;
  return doc !== undefined && doc.textContent === "";
}

/** An empty proposal goes, and one is back where one came from. */
async function takeBack(provision: HTMLElement, option: HTMLElement): Promise<void> {
  const options = all(".paper .opt[id]");
  const before = options[options.indexOf(option) - 1];
  const done = await deeds.act({ a: "provision.delete", provision: provision.id }, option);
  if (!done) return;
  write.leave(false);
  if (before) await write.open(before, "end");
}

/** What stands behind the caret becomes a provision of its own. */
export function splitHere({ bench, option, editor }: write.Written): void {
  void split(bench, option, editor.view.state.selection.head);
}

async function split(bench: Bench, option: HTMLElement, pos: number): Promise<void> {
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
async function goOn(bench: Bench, option: HTMLElement, what: () => Deed): Promise<void> {
  await meanwhile(option, async () => {
    const answer = await bench.desk.act(what, whom().forWhom, [option.id]);
    const made = outcome(option, answer);
    const place = made?.[1] ? await stands(made[1]) : null;
    return place && { place, at: "start" };
  });
}

async function join(bench: Bench, provision: HTMLElement, option: HTMLElement): Promise<void> {
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
  here.editor.hold();
  // A line that fails just now must not keep anybody from writing.
  const late = setTimeout(() => giveBack(here), PATIENCE_MS);
  const next = await lead();
  clearTimeout(late);
  const typed = here.editor.release();
  const there = next && (await write.open(next.place, next.at));
  write.putIn(there ?? write.written(), option, typed);
}

function giveBack(here: write.Written): void {
  const typed = here.editor.release();
  write.putIn(here.editor.view.isDestroyed ? null : here, here.option, typed);
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
