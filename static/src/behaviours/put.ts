// Fresh provisions are put where the old ones stand, piece by piece: what has not changed is not
// touched, and the place, the focus and the selection of the reader hold.

import { all, steady } from "../dom.ts";

/** Sent with the article when the words of a provision were put in place. */
export const PUT = "drafting:put";

/** Given the fresh words of an option that is being written in; says whether it is. */
export type Mounted = (option: string, words: HTMLElement) => boolean;

let mounted: Mounted = () => false;

export function whereOneWrites(is: Mounted): void {
  mounted = is;
}

export interface Fresh {
  readonly provision: string;
  readonly html: string | null;
  readonly after: string | null;
}

export function put({ provision, html, after }: Fresh): void {
  const old = document.getElementById(provision);
  const change = (): void => {
    if (html === null) {
      if (old && !old.querySelector(".live")) old.remove();
      return;
    }
    const fresh = parsed(html);
    if (!fresh) return;
    const here = old ?? fresh;
    if (old) morph(old, fresh);
    if (!old || previous(old) !== after) moving(here, () => settle(here, after));
    here.dispatchEvent(new CustomEvent(PUT, { bubbles: true }));
  };
  if (CSS.supports("overflow-anchor", "auto")) change();
  else steady(change);
  if (html === null) document.dispatchEvent(new CustomEvent(PUT));
}

function parsed(html: string): HTMLElement | null {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.querySelector<HTMLElement>("article.prov");
}

function previous(article: HTMLElement): string | null {
  const everything = all(".paper .prov");
  return everything[everything.indexOf(article) - 1]?.id ?? null;
}

/** What is taken from its place loses the focus, and an editor with it its caret. */
function moving(article: HTMLElement, move: () => void): void {
  const focused = document.activeElement;
  const within = focused instanceof HTMLElement && article.contains(focused) ? focused : null;
  move();
  if (within !== document.activeElement) within?.focus({ preventScroll: true });
}

/** Puts an article after another. A call begins a section of its own. */
function settle(article: HTMLElement, after: string | null): void {
  const before = after ? document.getElementById(after) : null;
  const section = article.closest<HTMLElement>(".part, .head");
  const isCall = article.classList.contains("k-call");
  if (isCall && section?.classList.contains("part") && article.parentElement === section) {
    before?.closest(".part, .head")?.after(section); // it takes what stands under it along
    return;
  }
  if (!before) {
    // What it stands after is not here yet, or it is the first of all.
    if (!after) document.querySelector(".paper .head, .paper .part")?.prepend(article);
    else if (!article.isConnected) all(".paper .prov").at(-1)?.after(article);
    return;
  }
  if (!isCall) {
    before.after(article);
    return;
  }
  const part = document.createElement("section");
  part.className = "part low";
  part.id = `s-${article.id}`;
  const following: Element[] = [];
  for (let next = before.nextElementSibling; next; next = next.nextElementSibling) following.push(next);
  before.closest(".part, .head")?.after(part);
  part.append(article, ...following);
}

// --- Piece by piece ---------------------------------------------------------------------------

const KEPT_CLASSES = ["here"];

function morph(old: HTMLElement, fresh: HTMLElement): void {
  const kept = KEPT_CLASSES.filter((name) => old.classList.contains(name));
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && name !== "tabindex") old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  old.classList.add(...kept);
  const options = all(":scope > .opt", fresh);
  for (const gone of all(":scope > .opt", old)) {
    const stays = options.some((one) => one.id === gone.id);
    if (!stays && !gone.querySelector(".live")) gone.remove();
  }
  let last: Element | null = null;
  for (const option of options) {
    const known = all(":scope > .opt", old).find((one) => one.id === option.id);
    if (known) morphOption(known, option);
    const here: HTMLElement = known ?? option;
    const inPlace = last ? last.nextElementSibling === here : old.firstElementChild === here;
    if (!inPlace) {
      if (last) last.after(here);
      else old.prepend(here);
    }
    last = here;
  }
}

function morphOption(old: HTMLElement, fresh: HTMLElement): void {
  const { of } = fresh.dataset; // whose alone it is
  if (of === undefined) delete old.dataset["of"];
  else old.dataset["of"] = of;
  let last: Element | null = null;
  for (const name of ["join", "who", "tx", "notes"]) {
    const was = old.querySelector<HTMLElement>(`:scope > .${name}`);
    const now = fresh.querySelector<HTMLElement>(`:scope > .${name}`);
    if (was && now) {
      const isLive = name === "tx" && mounted(old.id, now);
      last = isLive || alike(was, now) ? was : replaced(was, now);
    } else if (now) {
      if (last) last.after(now);
      else old.prepend(now);
      last = now;
    } else if (was && !("made" in was.dataset)) was.remove();
  }
}

/** Whether what the server says has not changed; what scripts added does not count. */
function alike(was: HTMLElement, now: HTMLElement): boolean {
  const plain = was.cloneNode(true);
  if (!(plain instanceof HTMLElement)) return false;
  for (const made of all("[data-made], [data-do=copy]", plain)) made.remove();
  for (const lit of all(".lit", plain)) lit.classList.remove("lit");
  return squeezed(plain) === squeezed(now);
}

function squeezed(element: HTMLElement): string {
  return element.innerHTML.replaceAll(/\s+/gu, " ").replaceAll(/ class=""/gu, "").trim();
}

function replaced(was: HTMLElement, now: HTMLElement): HTMLElement {
  const lent = now.matches(".tx") ? all(":scope > [data-made]", was) : []; // a menu, a question
  const focused = lent.some((one) => one.contains(document.activeElement)) ? document.activeElement : null;
  const focus = focused ? null : pathTo(was, document.activeElement);
  const chosen = chosenIn(was);
  now.append(...lent);
  was.replaceWith(now);
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  if (focus) stepsTo(now, focus)?.focus({ preventScroll: true });
  if (chosen) choose(now, chosen);
  return now;
}

function pathTo(root: Element, target: Element | null): number[] | null {
  if (!target || !root.contains(target)) return null;
  const path: number[] = [];
  for (let at: Element | null = target; at && at !== root; at = at.parentElement) {
    path.unshift([...(at.parentElement?.children ?? [])].indexOf(at));
  }
  return path;
}

function stepsTo(root: HTMLElement, path: readonly number[]): HTMLElement | null {
  let at: Element | undefined = root;
  for (const index of path) at = at?.children[index];
  return at instanceof HTMLElement ? at : root.closest<HTMLElement>(".prov");
}

// --- The reader's selection -------------------------------------------------------------------

interface Chosen {
  readonly words: string;
  readonly anchor: number | null; // null: it is not in this piece
  readonly focus: number | null;
}

function chosenIn(root: HTMLElement): Chosen | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed) return null;
  const anchor = offsetOf(root, selection.anchorNode, selection.anchorOffset);
  const focus = offsetOf(root, selection.focusNode, selection.focusOffset);
  if (anchor === null && focus === null) return null;
  return { words: root.textContent, anchor, focus };
}

function offsetOf(root: HTMLElement, node: Node | null, offset: number): number | null {
  if (!node || !root.contains(node)) return null;
  const range = new Range();
  range.setStart(root, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

function choose(root: HTMLElement, { words, anchor, focus }: Chosen): void {
  const selection = getSelection();
  if (!selection) return;
  const place = (at: number | null): [Node, number] | null =>
    at === null ? null : pointAt(root, shifted(words, root.textContent, at));
  const from = place(anchor) ?? other(selection.anchorNode, selection.anchorOffset);
  const to = place(focus) ?? other(selection.focusNode, selection.focusOffset);
  if (from && to) selection.setBaseAndExtent(from[0], from[1], to[0], to[1]);
}

function other(node: Node | null, offset: number): [Node, number] | null {
  return node?.isConnected ? [node, offset] : null;
}

/** Where a place in the old words is in the new ones, which differ in one stretch. */
export function shifted(old: string, fresh: string, at: number): number {
  let start = 0;
  while (start < old.length && old[start] === fresh[start]) start++;
  let end = 0;
  const most = Math.min(old.length, fresh.length) - start;
  while (end < most && old.at(-1 - end) === fresh.at(-1 - end)) end++;
  if (at <= start) return at;
  if (at >= old.length - end) return fresh.length - (old.length - at);
  return Math.min(at, fresh.length - end);
}

function pointAt(root: HTMLElement, at: number): [Node, number] | null {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let left = at;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (left <= length) return [node, left];
    left -= length;
  }
  return null;
}
