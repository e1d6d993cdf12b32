// Writing in place: an option is clicked, or `e` pressed on it, and its words become an editor.
//
// - The line that is clicked does not move; the tools open below it.
// - What the server shows of the option meanwhile is kept, and stands there when one leaves.
// - One option at a time. Leaving never loses: what is unsent goes on being sent.
// - What is typed before the editor stands is typed in it; what is typed when it was taken away under
//   one's hands is no key of the page, and lies with the words that found no place.

import { now } from "../clock.ts";
import { all, announce, closest } from "../dom.ts";
import type { Bench, Editor, Room, Structure } from "../editor/bench.ts";
import { ENTER } from "../letters.ts";
import type { OptionHandle } from "../writing/contract.ts";
import * as brackets from "./brackets.ts";
import { catching, catchLetters, type Catch } from "./catching.ts";
import { explainClosed } from "./closed.ts";
import { isUp, toBench, watched, welcomed } from "./live.ts";
import { isAsking } from "./own.ts";
import { whereOneWrites } from "./put.ts";
import { labelsOf, linesOf, numbersOf } from "./redline.ts";
import { tell } from "./tell.ts";
import { current } from "./walk.ts";
import { tellHow, whom, WHOM } from "./whom.ts";
import { say } from "./words.ts";

/** The row of tools below the editor. */
export interface Tools {
  show(): void;
  focus(): void;
}

export interface Written {
  readonly bench: Bench;
  readonly handle: OptionHandle;
  readonly editor: Editor;
  readonly option: HTMLElement;
  readonly place: HTMLElement; // where it stands on the page
  words: HTMLElement; // the server's, for when one leaves
  readonly tools: Tools;
  readonly numbers: Map<string, string>;
}

export type Where = { left: number; top: number } | "start" | "end" | number;

const LINE_MS = 1_500; // a line that is back sooner was not down

/** What stands around an editor, and itself opens editors: it is given, so that nothing runs in a circle. */
export interface Furniture {
  structureOf(bench: Bench, option: HTMLElement): Structure;
  attachTools(bench: Bench, editor: Editor, place: HTMLElement, option: HTMLElement): Tools;
  openMenu(article: HTMLElement | null, option: HTMLElement): void;
}

let furniture: Furniture | null = null;

export function furnish(given: Furniture): void {
  furniture = given;
}

let here: Written | null = null;
let opening = "";

export function written(): Written | null {
  return here;
}

export function mayWrite(): boolean {
  const writes = watched()?.you?.writes;
  return writes === "direct" || writes === "pending";
}

/** Whether one may is not known before the line is up. */
function mayNotWrite(): boolean {
  return watched() === null || (watched()?.you !== null && !mayWrite());
}

/** Opens an option for writing; closes the one before. Gives null where that may not be. */
export async function open(option: HTMLElement, where: Where): Promise<Written | null> {
  if (mayNotWrite() || opening === option.id || !option.id) return null;
  if (here?.option === option) {
    here.editor.caretAt(where);
    return here;
  }
  opening = option.id;
  option.setAttribute("aria-busy", "true");
  const typed = catchLetters();
  let opened: Written | null = null;
  try {
    opened = await begun(option, where, typed);
    if (opened) typeIn(opened.editor, typed.end());
    else if (typed.words && !mayNotWrite()) void catchUp(option, typed);
    else typed.end();
  } catch {
    explainUnopened(option);
    void catchUp(option, typed);
  } finally {
    if (opening === option.id) opening = "";
    option.removeAttribute("aria-busy");
  }
  return opened;
}

/** The line is down; or it is up, and this page is from before a new release, whose editor is another. */
function explainUnopened(option: HTMLElement): void {
  const again = { words: say("loadAgain"), take: () => location.reload() };
  if (isUp()) tell(option, say("notFetched"), again);
  else tell(option, say("noLine"));
}

async function begun(option: HTMLElement, where: Where, typed: Catch): Promise<Written | null> {
  if (!(await unlessDown(welcomed(), () => undefined))) throw new Error("The line is down.");
  if (!mayWrite()) return null;
  const bench = await toBench();
  const handle = await unlessDown(bench.desk.open(option.id), (late) => late.close());
  if (!handle) throw new Error("The line is down.");
  await typed.composed();
  if (opening !== option.id || !option.isConnected) {
    handle.close();
    return null;
  }
  leave(false);
  if (isSilent(option) || handle.wordless) furniture?.openMenu(option.closest<HTMLElement>(".prov"), option);
  else if (!handle.closed && !handle.gone) return begin(bench, handle, option, where);
  if (handle.closed) explainClosed(option, handle.closed);
  handle.close();
  return null;
}

/** What the line is to bring, or is here already; null where the line stays down. */
async function unlessDown<T>(coming: Promise<T>, late: (what: T) => void): Promise<T | null> {
  let end = (): void => undefined;
  const given = new Promise<null>((resolve) => {
    let timer = 0;
    const look = (): void => {
      const kind = watched()?.saying.kind;
      const isDown = kind === "offline" || kind === "not allowed";
      if (!isDown) clearTimeout(timer);
      timer = isDown ? timer || setTimeout(() => resolve(null), LINE_MS) : 0;
    };
    end = watched()?.onSaying(look) ?? end;
    look();
  });
  const come = await Promise.race([coming, given]);
  end();
  if (come === null) void coming.then(late);
  return come;
}

/** Words that were typed while there was no editor for them. */
export function putIn(there: Written | null, option: HTMLElement, words: string): void {
  if (there) typeIn(there.editor, words);
  else if (words) setAside(option, words.replaceAll(ENTER, "\n"));
}

/** Letter by letter as it was typed: what follows Enter is for the item that it makes. */
function typeIn(editor: Editor, words: string): void {
  const [first = "", ...lines] = words.split(ENTER);
  const rest = lines.join(ENTER);
  editor.type(first);
  if (lines.length === 0) return;
  editor.enter();
  const typed = catching();
  if (typed) typed.add(rest);
  else typeIn(editor, rest);
}

/** Into the tray, with a sentence on why. */
export function setAside(option: HTMLElement, words: string, why = ""): void {
  void toBench().then(
    ({ desk }) => desk.setAside(option.id, words, whom().forWhom, why),
    () => tell(option, say("typed", { w: words })),
  );
}

/** An option that says nothing has no words to write in; what can be done is in its menu. */
export function isSilent(option: HTMLElement): boolean {
  return option.querySelector(":scope > .tx > .row.none") !== null;
}

function begin(bench: Bench, handle: OptionHandle, option: HTMLElement, where: Where): Written | null {
  const words = option.querySelector<HTMLElement>(":scope > .tx");
  if (!words || !furniture) return null;
  const place = document.createElement("div");
  place.className = "tx live";
  const numbers = numbersOf(words);
  words.replaceWith(place);
  const editor = bench.mount(place, handle, roomOf(bench, option, furniture, numbers), lookOf(option, words));
  const tools = furniture.attachTools(bench, editor, place, option);
  here = { bench, handle, editor, option, place, words, tools, numbers };
  editor.redline(linesOf(words));
  editor.caretAt(where);
  handle.onChange(changed);
  document.body.classList.add("is-writing");
  announce(say("open"));
  document.dispatchEvent(new Event(WHOM));
  return here;
}

function lookOf(option: HTMLElement, words: HTMLElement): Parameters<Bench["mount"]>[3] {
  const article = option.closest<HTMLElement>(".prov");
  const paper = option.closest<HTMLElement>(".paper");
  const kind = /(?:^| )k-(\w+)/u.exec(article?.className ?? "")?.[1] ?? "item";
  const codes = all(".who .code", option).map((code) => code.firstChild?.textContent?.trim() ?? "");
  const s = article?.dataset["name"] ?? "";
  const name = codes.length > 0 ? say("editorOption", { s, o: codes.join(", ") }) : say("editor", { s });
  const labels = labelsOf(words);
  const labelCell = (label: string): Node[] | null =>
    labels.get(label)?.map((node) => node.cloneNode(true)) ?? null;
  const { lang = "en", dir = "ltr" } = paper ?? {};
  return { name, kind, lang, dir, editable: true, labelCell };
}

function roomOf(bench: Bench, option: HTMLElement, around: Furniture, numbers: Map<string, string>): Room {
  return {
    structure: around.structureOf(bench, option),
    surroundings: surroundingsOf(bench, option),
    whom: () => {
      const { forWhom, name } = whom();
      return { forWhom, asRequests: isAsking(option) ? proposerOf(bench, name) : null };
    },
    moved: (_view, typed) => {
      here?.tools.show();
      tellWhere(typed);
    },
    number: (id) => numbers.get(id) ?? "",
  };
}

const proposers = new Map<string, ReturnType<Bench["proposer"]>>();

function proposerOf(bench: Bench, source: string): ReturnType<Bench["proposer"]> {
  const known = proposers.get(source);
  if (known) return known;
  const made = bench.proposer(source, `${bench.prefix}${proposers.size.toString(36)}`);
  proposers.set(source, made);
  return made;
}

let bracketCount = 0;

function surroundingsOf(bench: Bench, option: HTMLElement): Room["surroundings"] {
  return {
    newId: () => `${bench.prefix}-b${(bracketCount++).toString(36)}`,
    openBefore: () => {
      const open = all('.paper .br.lone[data-end="open"]').filter(
        (one) => option.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING,
      );
      return open.at(-1)?.dataset["b"] ?? null;
    },
    standsElsewhere: (id) => all(`.paper .br[data-b="${CSS.escape(id)}"]`).length > 0,
    light: (id) => {
      if (id) brackets.light(id);
      else brackets.dark();
    },
  };
}

// --- Where one is ---------------------------------------------------------------------------------

const TELL_MS = 120;
const TYPING_MS = 2_000;
let telling = 0;
let typedAt = 0;

function tellWhere(typed: boolean): void {
  if (typed) typedAt = now();
  if (telling) return;
  telling = setTimeout(() => {
    telling = 0;
    if (!here) return;
    const { anchor, head } = here.editor.view.state.selection;
    const typing = now() - typedAt < TYPING_MS;
    const option = here.handle.option;
    here.bench.desk.presence({ option, anchor, head, forWhom: whom().forWhom, typing });
  }, TELL_MS);
}

// --- Leaving ----------------------------------------------------------------------------------------

/** Puts the server's words back. Says whether one was writing. */
export function leave(toProvision = true): boolean {
  const was = here;
  if (!was) return false;
  here = null;
  const { option, place } = was;
  place.replaceWith(isShown(was) ? was.words : frozen(was));
  was.editor.close();
  was.bench.desk.presence(null);
  document.body.classList.remove("is-writing");
  if (toProvision) {
    const article = option.closest<HTMLElement>(".prov");
    if (article) article.tabIndex = -1;
    article?.focus({ preventScroll: true });
    announce(say("left"));
  }
  document.dispatchEvent(new Event(WHOM));
  return true;
}

/** Whether the server's words are those of the editor. */
function isShown({ bench, editor, words }: Written): boolean {
  const own = linesOf(words).map((line) => line.filter(({ op }) => op !== "del"));
  const told = own.map((line) => line.map((piece) => piece.words).join("")).join("");
  return told === bench.wordsOf(editor.view.state.doc);
}

/** The words as they stood in the editor, until the server shows them. */
function frozen({ editor }: Written): HTMLElement {
  const copy = document.createElement("div");
  copy.className = "tx";
  copy.append(...[...editor.view.dom.cloneNode(true).childNodes]);
  for (const made of all(".caret, .ProseMirror-trailingBreak, .ProseMirror-separator", copy)) made.remove();
  for (const one of all("[contenteditable]", copy)) one.removeAttribute("contenteditable");
  for (const one of all("ins[data-change], del[data-change]", copy)) one.classList.add("p");
  return copy;
}

function changed(handle: OptionHandle): void {
  const was = here;
  if (!was || was.handle !== handle || !(handle.closed || handle.gone || handle.wordless)) return;
  const { option } = was;
  const isTyping = now() - typedAt < TYPING_MS;
  leave();
  if (handle.closed) explainClosed(option, handle.closed);
  else tell(option, say("gone"));
  if (isTyping) void catchUp(option);
}

/** Who is in the middle of a word goes on for a moment. */
async function catchUp(option: HTMLElement, typed = catchLetters()): Promise<void> {
  await typed.rested();
  putIn(null, option, typed.end());
}

// --- How it begins ----------------------------------------------------------------------------------

function clicked(event: MouseEvent): void {
  if (event.button !== 0 || event.defaultPrevented || mayNotWrite()) return;
  const words = closest(event, ".tx");
  const option = words?.closest<HTMLElement>(".opt");
  if (!option || words?.classList.contains("live")) return;
  if (closest(event, "a, button, .fn, form") || !getSelection()?.isCollapsed) return;
  void open(option, { left: event.clientX, top: event.clientY });
}

/** Opens the option one is at, from the keyboard. */
export function openCurrent(): void {
  const article = current();
  const option =
    document.activeElement?.closest<HTMLElement>(".opt") ?? article?.querySelector<HTMLElement>(".opt");
  if (option) void open(option, "start");
}

export function start(): void {
  if (!document.getElementById("room")) return;
  document.addEventListener("click", clicked);
  whereOneWrites((option, fresh) => {
    if (here?.option.id !== option) return false;
    here.words = fresh;
    for (const [id, number] of numbersOf(fresh)) here.numbers.set(id, number);
    here.editor.redline(linesOf(fresh));
    return true;
  });
  document.addEventListener(WHOM, () => {
    tellHow(here ? isAsking(here.option) : whom().isPending);
    here?.tools.show();
    tellWhere(false);
  });
}
