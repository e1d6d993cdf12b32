// What can be done with a provision: a menu, with a key for each line, and the acts behind it.

import { all, closest, onClick } from "../dom.ts";
import type { Deed } from "../live/messages.ts";
import type { Bench } from "../editor/bench.ts";
import type { OptionHandle } from "../writing/contract.ts";
import { last } from "./acted.ts";
import { ask } from "./ask.ts";
import { chosen, positionIn, type Chosen } from "./chosen.ts";
import * as behind from "./behind.ts";
import * as links from "./links.ts";
import { onWatching, toBench, watched } from "./live.ts";
import * as settling from "./settling.ts";
import * as structure from "./structure.ts";
import { isClosed, isUp, stands } from "./structure.ts";
import { mayAct, mayActOn } from "./own.ts";
import { maySettle, selectedIds } from "./selected.ts";
import { outcome, tell } from "./tell.ts";
import * as undoing from "./undoing.ts";
import { current } from "./walk.ts";
import { whom } from "./whom.ts";
import { say } from "./words.ts";
import * as write from "./write.ts";

let menu: HTMLElement | null = null;
let opener: HTMLElement | null = null;

/** Does an act, and says where it was not done. Gives what it made. */
export async function act(deed: Deed, near: HTMLElement | null): Promise<readonly string[] | null> {
  if (!isUp()) {
    tell(near, say("noLine"));
    return null;
  }
  try {
    const { desk } = await toBench();
    const here = write.written()?.handle.option;
    return outcome(near, await desk.act(deed, whom().forWhom, here ? [here] : []));
  } catch {
    tell(near, say("noLine"));
    return null;
  }
}

// --- The menu -------------------------------------------------------------------------------------

export function openMenu(
  article: HTMLElement | null,
  option: HTMLElement | null,
  from: HTMLElement | null = null,
): void {
  close(false);
  const template = document.getElementById("provision-menu");
  const made = template instanceof HTMLTemplateElement
    ? template.content.firstElementChild?.cloneNode(true)
    : null;
  if (!article || !(made instanceof HTMLElement) || !watched()?.you) return;
  opener = from ?? (document.activeElement instanceof HTMLElement ? document.activeElement : null);
  const target = option ?? article.querySelector<HTMLElement>(".opt");
  prune(made, article, target);
  if (target && write.isSilent(target)) made.querySelector("[data-deed=write]")?.remove();
  const name = made.querySelector("[data-name]");
  if (name) name.textContent = article.dataset["name"] ?? "";
  made.dataset["made"] = "";
  made.setAttribute("aria-label", say("menuOf", { s: article.dataset["name"] ?? "" }));
  (target?.querySelector(".tx") ?? article).append(made);
  menu = made;
  made.addEventListener("click", (event) => picked(event, article, target));
  made.addEventListener("keydown", (event) => pressed(event, made));
  made.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !made.contains(event.relatedTarget)) close(false);
  });
  lines(made)[0]?.focus({ preventScroll: true });
  made.scrollIntoView({ block: "nearest" });
}

/** Only what the person may do, and what makes sense here. */
function prune(made: HTMLElement, article: HTMLElement, option: HTMLElement | null): void {
  const closed = isClosed(article);
  for (const line of all("[data-deed]", made)) {
    const needs = line.dataset["needs"];
    const closedOnly = "closed" in line.dataset;
    const on = needs === "option.remove" ? option : article;
    const fits = needs ? mayActOn(needs, on) : write.mayWrite();
    const away = "live" in line.dataset && !write.written();
    const nothing =
      ("selected" in line.dataset && !maySettle(line.dataset["deed"] ?? "")) ||
      ("words" in line.dataset && !behind.areWordsSelected()) ||
      ("contested" in line.dataset && !settling.isContested(article)) ||
      ("acted" in line.dataset && last() === null) ||
      ("several" in line.dataset && !settling.areSeveral(article)) ||
      ("forked" in line.dataset && !settling.isForked(option));
    const other = line.dataset["deed"] === "ask_reopen" && mayAct("status");
    if (!fits || away || nothing || other || (closedOnly && !closed)) line.remove();
  }
  for (const rule of all("hr", made)) {
    const next = rule.nextElementSibling;
    if (!next || next.tagName === "HR") rule.remove();
  }
}

function lines(made: HTMLElement): HTMLElement[] {
  return all("[data-deed]", made);
}

export function close(back = true): boolean {
  if (!menu) return false;
  const was = menu;
  menu = null;
  was.remove();
  if (back && opener?.isConnected) opener.focus({ preventScroll: true });
  return true;
}

function picked(event: Event, article: HTMLElement, option: HTMLElement | null): void {
  const line = closest(event, "[data-deed]");
  if (!line) return;
  close();
  run(line.dataset["deed"] ?? "", article, option);
}

function pressed(event: KeyboardEvent, made: HTMLElement): void {
  const all_ = lines(made);
  const at = all_.findIndex((line) => line === document.activeElement);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1 + all_.length,
    Home: 0,
    End: all_.length - 1,
  };
  const to = steps[event.key];
  const byKey = all_.find((line) => line.dataset["key"] === event.key.toLowerCase());
  if (event.key === "Escape" || event.key === "Tab") close();
  else if (to !== undefined) all_[to % all_.length]?.focus();
  else if (byKey && !event.ctrlKey && !event.metaKey && !event.altKey) byKey.click();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// --- The deeds --------------------------------------------------------------------------------------

const WITHOUT_LINE = ["write", "link"];

/** Does what a line of the menu says. */
export function run(deed: string, article: HTMLElement | null, option: HTMLElement | null): void {
  if (!article) return;
  const provision = article.id;
  const doing = DEEDS[deed];
  // Begun without a line, it would be done by surprise when that is back.
  if (doing && !isUp() && !WITHOUT_LINE.includes(deed)) tell(option ?? article, say("noLine"));
  else if (doing) void doing({ provision, article, option: option ?? article.querySelector(".opt") });
}

interface At {
  readonly provision: string;
  readonly article: HTMLElement;
  readonly option: HTMLElement | null;
}

const DEEDS: Readonly<Record<string, (at: At) => Promise<unknown>>> = {
  write: ({ option }) => (option ? write.open(option, "start") : Promise.resolve()),
  item: (at) => add(at, "item"),
  call: (at) => add(at, "call"),
  split: async () => {
    const here = write.written();
    here?.editor.view.focus();
    if (here) structure.splitHere(here);
    return Promise.resolve();
  },
  bracket,
  join: ({ provision, article }) => act({ a: "provision.join", provision }, article),
  up: (at) => move(at, -1),
  down: (at) => move(at, 1),
  in: (at) => shift(at, 1),
  out: (at) => shift(at, -1),
  delete: ({ provision, article }) => act({ a: "provision.delete", provision }, article),
  option: async ({ provision, article, option }) => {
    const copy = option?.id ?? null;
    await begin(await act({ a: "option.add", provision, kind: "text", copy }, article), 0);
  },
  no_text: ({ provision, article }) => act({ a: "option.add", provision, kind: "no_text" }, article),
  option_delete: ({ provision, article }) =>
    act({ a: "option.add", provision, kind: "delete" }, article),
  remove: ({ option, article }) =>
    option ? act({ a: "option.remove", option: option.id }, article) : Promise.resolve(),
  choose: ({ article, option }) =>
    option ? settling.choose(article, option) : Promise.resolve(),
  fold: ({ article }) => settling.fold(article),
  unfold: ({ article, option }) =>
    option ? settling.unfold(article, option) : Promise.resolve(),
  nothing: ({ article }) => settling.retainNothing(article),
  accept: ({ article }) => settleSelected(article, true),
  reject: ({ article }) => settleSelected(article, false),
  attribute: ({ article, option }) =>
    option ? behind.attribute(article, option) : Promise.resolve(),
  behind: ({ article }) => behind.attributeSpan(article),
  note,
  reopen,
  ask_reopen: askReopen,
  link: ({ article }) => links.copy(article),
  undo: ({ article }) => undoing.undo(article),
  table: ({ provision }) => {
    const way = document.querySelector<HTMLAnchorElement>('.bar [data-go="t"]');
    if (way) location.assign(`${way.href}?provision=${provision}`);
    return Promise.resolve();
  },
  history: ({ article }) => {
    article.querySelector<HTMLElement>("[data-history]")?.click();
    return Promise.resolve();
  },
};

/** All pending changes that the selection touches, in whatever options they are. */
function settleSelected(article: HTMLElement, accept: boolean): Promise<unknown> {
  return act({ a: "pending.settle", accept, ids: selectedIds() }, article);
}

async function add({ provision, article }: At, kind: "item" | "call"): Promise<void> {
  await begin(await act(adding(provision, article, kind), article), 1);
}

/** A new provision after one, at its level. Where one asks for changes, it is a proposal. */
export function adding(provision: string, article: HTMLElement | null, kind: "item" | "call"): Deed {
  const level = kind === "call" ? 0 : levelOf(article);
  return { a: "provision.add", after: provision, kind, level, proposed: whom().isPending };
}

function levelOf(article: HTMLElement | null): number {
  const row = article?.querySelector(".row");
  return Number(/(?:^| )l([1-3])/u.exec(row?.className ?? "")?.[1] ?? 1);
}

async function shift({ provision, article, option }: At, step: 1 | -1): Promise<void> {
  const level = levelOf(article) + step;
  if (level < 1 || level > 3) tell(option, say("noLevel"));
  else await act({ a: "provision.level", provision, level }, article);
}

/** On with writing in the option that was made. */
async function begin(made: readonly string[] | null, place: number): Promise<void> {
  const option = made?.[place] ? await stands(made[place]) : null;
  if (option) await write.open(option, "start");
}

async function move({ provision, article }: At, step: 1 | -1): Promise<void> {
  const everything = all(".paper .prov");
  const at = everything.indexOf(article);
  const after = step === 1 ? everything[at + 1] : everything[at - 2];
  if (step === 1 ? !after : at < 1) return;
  await act({ a: "provision.move", provision, after: after?.id ?? null }, article);
  article.scrollIntoView({ block: "nearest" });
}

/** On what is selected in the editor or on the page; otherwise on the whole provision. */
async function note({ article, option }: At): Promise<void> {
  const here = write.written();
  const selected = here ? null : chosen();
  const target = selected?.first ?? option;
  if (!target) return;
  const bench = await toBench();
  const handle = await bench.desk.open(target.id);
  const [from, to] = noteRange(bench, handle, target, selected);
  const words = await ask(target, say("askNote"), "");
  const deed = (): Deed => ({
    a: "note.add",
    option: target.id,
    version: handle.version,
    start: from,
    end: to,
    words: words ?? "",
  });
  const done = words ? outcome(article, await bench.desk.act(deed, whom().forWhom, [target.id])) : null;
  if (words && !done) write.setAside(target, words, say("notSent"));
  handle.close();
}

function noteRange(
  bench: Bench,
  handle: OptionHandle,
  target: HTMLElement,
  selected: Chosen | null,
): [number, number] {
  const here = write.written();
  if (here?.option === target) {
    const { from, to } = here.editor.view.state.selection;
    return [from, to];
  }
  if (!selected) return [1, 1];
  const end = selected.first === selected.last ? "end" : null;
  const from = positionIn(bench, handle, target, selected.range, "start");
  const to = end ? positionIn(bench, handle, target, selected.range, end) : handle.doc.content.size - 1;
  return [from, to];
}

/** Around what is selected on the page, from letter to letter; otherwise around the option. */
async function bracket({ article, option }: At): Promise<void> {
  const what = chosen() ?? whole(option);
  if (!what) return;
  const { first, last, range } = what;
  const bench = await toBench();
  const { desk } = bench;
  const [opens, closes] = await Promise.all([desk.open(first.id), desk.open(last.id)]);
  const from = positionIn(bench, opens, first, range, "start");
  const to = positionIn(bench, closes, last, range, "end");
  const deed = (): Deed => ({
    a: "bracket.pair",
    opens: { option: first.id, version: opens.version, pos: from },
    closes: { option: last.id, version: closes.version, pos: to },
  });
  outcome(article, await desk.act(deed, whom().forWhom, [first.id, last.id]));
  opens.close();
  closes.close();
}

function whole(option: HTMLElement | null): Chosen | null {
  if (!option) return null;
  const range = new Range();
  range.selectNode(option);
  return { first: option, last: option, range };
}

async function reopen({ provision, article, option }: At): Promise<void> {
  const reason = await ask(option ?? article, say("askReason"), "");
  const done = reason ? await act({ a: "status", provision, status: "reopened", reason }, article) : null;
  if (option && reason && !done) write.setAside(option, reason, say("notSent"));
}

/** A comment to the chair: closed text takes no other. */
async function askReopen({ article, option }: At): Promise<void> {
  const target = option ?? article.querySelector<HTMLElement>(".opt[id]");
  const why = target && (await ask(target, say("askAskReopen"), ""));
  if (!target || !why) return;
  const [words, start, end] = [say("askReopenWhy", { w: why }), 1, 1];
  const deed: Deed = { a: "note.add", option: target.id, version: 0, start, end, words, kind: "comment" };
  if (!(await act(deed, article))) write.setAside(target, why, say("notSent"));
}

// --- Where it is opened ---------------------------------------------------------------------------

let lent: HTMLElement[] = [];
const shelf = document.createElement("span"); // for the second option and those below it

/** Two buttons, lent to the option one is at; at the first they stand beside its history. */
function lend(event: Event): void {
  const option = closest(event, ".opt");
  const margin = option?.querySelector(":scope > .who");
  if (!option || !margin || lent.length === 0) return;
  const place = margin.querySelector(".acts") ?? shelf;
  if (lent[0]?.parentElement === place && margin.contains(place)) return;
  if (event.type === "pointerover" && lent.some((one) => one === document.activeElement)) return;
  if (place === shelf) margin.append(shelf);
  else shelf.remove();
  const name = option.closest<HTMLElement>(".prov")?.dataset["name"] ?? "";
  for (const button of lent) button.setAttribute("aria-label", `${button.textContent}: ${name}`);
  place.append(...lent);
}

function makeButtons(): void {
  if (lent.length > 0 || !write.mayWrite()) return;
  lent = (["write", "menu"] as const).map((name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset["made"] = "";
    button.dataset["do"] = name === "write" ? "write" : "deeds";
    button.textContent = say(name);
    if (name === "menu") button.setAttribute("aria-haspopup", "menu");
    return button;
  });
}

export function start(): void {
  if (!document.getElementById("room")) return;
  shelf.className = "acts";
  shelf.dataset["made"] = "";
  onWatching((watching) => watching.onWelcome(makeButtons));
  document.addEventListener("pointerover", lend);
  document.addEventListener("focusin", lend);
  onClick("[data-do=write]", (button) => {
    run("write", button.closest<HTMLElement>(".prov"), button.closest<HTMLElement>(".opt"));
  });
  onClick("[data-do=deeds]", (button) => {
    openMenu(button.closest<HTMLElement>(".prov"), button.closest<HTMLElement>(".opt"), button);
  });
  document.addEventListener("pointerdown", (event) => {
    if (menu && event.target instanceof Node && !menu.contains(event.target)) close(false);
  });
}

/** Opens the menu of what is selected, or of the provision one is in. */
export function openCurrent(): void {
  const first = chosen()?.first;
  if (first) {
    openMenu(first.closest<HTMLElement>(".prov"), first);
    return;
  }
  openMenu(current(), document.activeElement?.closest<HTMLElement>(".opt") ?? null);
}
