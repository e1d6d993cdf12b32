// What lies on the table, read from the page, and what of it is chosen.

import { all } from "../dom.ts";
import type { Case, Wording } from "./deeds.ts";
import { bracket } from "./brackets.ts";
import { alternative } from "./forks.ts";
import { selected } from "./span.ts";

const list = (told: string | undefined): string[] => (told ?? "").split(" ").filter(Boolean);

export function main(): HTMLElement | null {
  return document.querySelector<HTMLElement>(".case[data-provision]");
}

export function boxes(root: ParentNode = document): HTMLInputElement[] {
  return all<HTMLInputElement>(".case input[name=wording]", root);
}

/** The provisions that are chosen in the index. */
export function picked(): string[] {
  return all<HTMLInputElement>("#index input[name=pick]:checked").map((box) => box.value);
}

export function caseOf(page: HTMLElement): Case {
  const { provision = "", status = "", moves, placed } = page.dataset;
  const tie = page.querySelector<HTMLElement>("[data-package]")?.dataset["package"];
  return {
    provision,
    status,
    moves: list(moves),
    placed: placed === "true",
    seen: seenIn(page),
    package: tie ? Number(tie) : null,
    chosen: boxes().filter((box) => box.checked).map(wordingOf),
    picked: picked(),
    span: selected(),
    bracket: bracket(),
    fork: alternative(),
  };
}

function seenIn(page: HTMLElement): Record<string, number> {
  const told: unknown = JSON.parse(page.querySelector("#seen")?.textContent ?? "{}");
  if (typeof told !== "object" || told === null) return {};
  return Object.fromEntries(
    Object.entries(told).filter((pair): pair is [string, number] => typeof pair[1] === "number"),
  );
}

export function wordingOf(box: HTMLInputElement): Wording {
  const { options, within = "", asked, kind = "text", code = "", codes = code, base, added } = box.dataset;
  const brackets = all("[data-b]", box.closest(".worded") ?? box);
  return {
    number: Number(box.value) || (base === undefined ? -1 : 0),
    kind,
    options: list(options),
    within,
    code,
    codes: codes.split("|").filter(Boolean),
    asked: added === undefined ? list(asked) : [code],
    brackets: [...new Set(brackets.map((one) => one.dataset["b"] ?? "").filter(Boolean))],
    isBase: base !== undefined,
    added: added !== undefined,
    change: box.dataset["change"] ?? "",
  };
}

/** A wording is the same for as long as it is the same options, the same alternative, the same wish. */
export function nameOf(box: HTMLInputElement): string {
  const { options = "", within = "", code = "", base } = box.dataset;
  return base === undefined ? `${options}|${within}|${options ? "" : code}` : "base";
}

/** The words of a wording, without what is struck, for the chair to write on from. */
export function wordsOf(box: HTMLInputElement): string {
  const words = box.closest(".worded")?.querySelector(".words")?.cloneNode(true);
  if (!(words instanceof HTMLElement)) return "";
  for (const gone of all(".lab, del:not(.p), .sig, .sp, .vh, .near, .br, .fn", words)) gone.remove();
  const lines = all("p", words).map((line) => line.textContent.replaceAll(/\s+/gu, " ").trim());
  return lines.filter(Boolean).join("\n");
}
