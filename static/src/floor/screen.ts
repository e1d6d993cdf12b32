// What is shown of the paper, and in which type: everything on the floor that needs no line.

import { all, announce } from "../dom.ts";
import { bounds, largest, settled } from "./fit.ts";
import { neighbour, query, type State } from "./state.ts";
import { think } from "./thought.ts";

const GENTLE_MS = 120;

export function floor(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".floor-main");
}

export function articles(): HTMLElement[] {
  return all(".paper .prov");
}

export function keys(): string[] {
  return articles().map((article) => article.id);
}

/** The provisions that are not settled. */
export function stops(): ReadonlySet<string> {
  return new Set(all(".paper .prov[data-walk]").map((article) => article.id));
}

export function against(): string {
  return document.querySelector<HTMLElement>(".paper")?.dataset["against"] ?? "clean";
}

let size = 0;

/** Shows what the state says. `moved`: to something else, not the same with other words. */
export function show(state: State, moved: boolean): void {
  const main = floor();
  const article = state.here === null ? null : document.getElementById(state.here);
  if (!main) return;
  main.dataset["mode"] = article ? "one" : "text";
  main.dataset["here"] = article?.id ?? "";
  main.toggleAttribute("data-follows", state.follows);
  for (const one of all(".paper .prov.shown")) if (one !== article) one.classList.remove("shown");
  article?.classList.add("shown");
  name(main, article);
  ways(state);
  left(article);
  think(article);
  wash(article);
  if (moved) {
    size = 0;
    main.scrollTop = 0;
    const told = state.follows ? main.dataset["sayFollows"] : main.dataset["sayBrowsed"];
    announce([document.getElementById("floor-name")?.textContent.trim(), told].join(". "));
  }
  fit();
}

function name(main: HTMLElement, article: HTMLElement | null): void {
  const place = document.getElementById("floor-name");
  if (!place) return;
  const words = document.createElement("span");
  const title = article?.closest<HTMLElement>(".part")?.dataset["title"] ?? "";
  const whole = article?.dataset["name"] ?? main.dataset["sayText"] ?? "";
  if (title && whole.startsWith(title)) {
    const call = document.createElement("em");
    call.textContent = wholeCall(title, article);
    words.append(call, whole.slice(title.length));
  } else words.textContent = whole;
  const status = article?.querySelector<HTMLElement>(".st")?.cloneNode(true);
  place.replaceChildren(words);
  if (status instanceof HTMLElement) {
    status.textContent = status.textContent.trim();
    status.classList.remove("quiet");
    place.append(status);
  }
  document.title = document.title.replace(/^.*? · (?=.* · )/u, "");
  if (article) document.title = `${whole} · ${document.title}`;
}

/** A call that is cut short elsewhere is told in full here: there is room, and two begin alike. */
function wholeCall(title: string, article: HTMLElement | null): string {
  if (!title.endsWith("…")) return title;
  const said = article?.closest(".part")?.querySelector(".k-call .opt h2")?.textContent ?? "";
  const whole = said.replaceAll(/\s+/gu, " ").replace(/[ ,:;]+$/u, "").trim();
  return whole.startsWith(title.slice(0, -1)) ? whole : title;
}

function ways(state: State): void {
  const path = document.querySelector<HTMLAnchorElement>("#floor-follow")?.pathname ?? "";
  for (const [id, step] of [["floor-before", -1], ["floor-after", 1]] as const) {
    const link = document.querySelector<HTMLAnchorElement>(`#${id}`);
    const key = neighbour(keys(), state.here, step);
    if (!link) continue;
    link.hidden = key === null;
    if (key) link.href = path + query({ ...state, follows: false, here: key }, against());
  }
  current("floor-text", state.here === null);
  current("floor-follow", state.follows);
}

function current(id: string, is: boolean): void {
  const link = document.getElementById(id);
  if (is) link?.setAttribute("aria-current", "true");
  else link?.removeAttribute("aria-current");
}

// --- Brackets -------------------------------------------------------------------------------------

/** How many brackets begin in `root`: a pair once, a lone end once. */
export function brackets(root: ParentNode): number {
  return all('.br[data-end="open"], .br.lone[data-end="close"]', root).length;
}

function left(article: HTMLElement | null): void {
  const place = document.getElementById("floor-left");
  const paper = document.querySelector(".paper");
  if (!place || !paper) return;
  const { sayHere = "", sayPaper = "" } = place.dataset;
  const bold = document.createElement("b");
  bold.textContent = (article ? sayHere : sayPaper)
    .replace("%n", String(article ? brackets(article) : 0))
    .replace("%o", String(brackets(paper)));
  place.replaceChildren(bold);
}

/** The words between the brackets of a provision, washed. */
function wash(article: HTMLElement | null): void {
  if (!("highlights" in CSS)) return;
  const ranges: Range[] = [];
  for (const open of all<HTMLElement>('.br[data-end="open"]', article ?? document.createElement("p"))) {
    const id = CSS.escape(open.dataset["b"] ?? "");
    const close = article?.querySelector(`.br[data-end="close"][data-b="${id}"]`);
    if (!close || !(open.compareDocumentPosition(close) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
    const range = new Range();
    range.setStartAfter(open);
    range.setEndBefore(close);
    ranges.push(range);
  }
  CSS.highlights.set("bracket", new Highlight(...ranges));
}

// --- Type -----------------------------------------------------------------------------------------

/** The largest type at which the provision is seen whole. */
export function fit(): void {
  const main = floor();
  if (!main) return;
  if (main.dataset["mode"] !== "one") {
    main.style.removeProperty("--f");
    size = 0;
    return;
  }
  const fits = (px: number): boolean => {
    main.style.setProperty("--f", `${px}px`);
    return main.scrollHeight <= main.clientHeight;
  };
  const best = largest(fits, bounds(innerWidth, innerHeight));
  size = size ? settled(size, best, fits(size)) : best;
  main.style.setProperty("--f", `${size}px`);
}

export function onResize(): void {
  let later = 0;
  addEventListener("resize", () => {
    clearTimeout(later);
    later = setTimeout(() => {
      size = 0;
      fit();
    }, GENTLE_MS);
  });
  void document.fonts.ready.then(() => {
    size = 0;
    fit();
  });
}
