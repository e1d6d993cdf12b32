// What can be done with a provision: the acts behind the lines of its menu.

import { all } from "../dom.ts";
import type { Deed } from "../live/messages.ts";
import type { Bench } from "../editor/bench.ts";
import type { OptionHandle } from "../writing/contract.ts";
import { ask } from "./ask.ts";
import { chosen, positionIn, type Chosen } from "./chosen.ts";
import { act } from "./doing.ts";
import * as behind from "./behind.ts";
import * as links from "./links.ts";
import { isUp, toBench } from "./live.ts";
import * as settling from "./settling.ts";
import { adding, levelOf, splitHere, stands } from "./onward.ts";
import { selectedIds } from "./selected.ts";
import { outcome, tell } from "./tell.ts";
import * as undoing from "./undoing.ts";
import { whom } from "./whom.ts";
import { say } from "./words.ts";
import * as write from "./write.ts";

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
    if (here) splitHere(here);
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
