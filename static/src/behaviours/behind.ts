// Who stands behind an option, behind a bracket in it, or behind some of its words.

import { all } from "../dom.ts";
import type { Bench } from "../editor/bench.ts";
import type { Deed } from "../live/messages.ts";
import type { OptionHandle } from "../writing/contract.ts";
import { ask } from "./ask.ts";
import { chosen, positionIn, type Chosen } from "./chosen.ts";
import { act } from "./doing.ts";
import { toBench, watched } from "./live.ts";
import { outcome, tell } from "./tell.ts";
import { whom } from "./whom.ts";
import { say } from "./words.ts";
import * as write from "./write.ts";

/** Behind the option, or behind the bracket that the caret is in. */
export async function attribute(article: HTMLElement, option: HTMLElement): Promise<void> {
  const here = write.written();
  const bracket = here?.option === option ? here.bench.bracketAt(here.editor.view.state) : null;
  const codes = bracket ? [] : namesOf(option);
  const question = say(bracket ? "askNamesBracket" : "askNames");
  const names = await askNames(option, question, codes);
  if (!names) return;
  await act({ a: "attribute", option: option.id, names, bracket: bracket?.id ?? null }, article);
}

/** Who stands behind the whole option, not behind a bracket in it. */
function namesOf(option: HTMLElement): string[] {
  const codes = all(":scope > .who .code", option).filter((code) => !code.querySelector("sub"));
  return codes.map((code) => code.firstChild?.textContent?.trim() ?? "");
}

async function askNames(
  option: HTMLElement,
  question: string,
  names: readonly string[],
): Promise<string[] | null> {
  const told = await ask(option, question, names.join(", "), watched()?.you?.may_write_for);
  return told?.split(/[,;]/u).map((name) => name.trim()).filter(Boolean) ?? null;
}

// --- Some words ---------------------------------------------------------------------------------------

/** Whether words are selected, in one option. */
export function areWordsSelected(): boolean {
  const here = write.written();
  if (here) return !here.editor.view.state.selection.empty;
  const selected = chosen();
  return selected !== null && selected.first === selected.last;
}

/** Behind the words that are selected where one writes, or else on the page. */
export async function attributeSpan(near: HTMLElement | null): Promise<void> {
  const here = write.written();
  const selected = here ? null : chosen();
  const target = here?.option ?? selected?.first;
  if (!target || !areWordsSelected()) {
    tell(near, say("selectWords"));
    return;
  }
  const bench = await toBench();
  const handle = await bench.desk.open(target.id);
  const stays = keep(bench, handle, target, selected);
  const { from, to } = stays.range();
  const sources = bench.changesIn(handle.doc, from, to).map((mark) => String(mark.attrs["source"]));
  const question = say("askNamesSpan", { w: short(handle.doc.textBetween(from, to, " ")) });
  const names = await askNames(target, question, [...new Set(sources)]);
  const deed = (): Deed => {
    const { from: start, to: end } = stays.range();
    return { a: "attribute.span", option: target.id, version: handle.version, start, end, names: names ?? [] };
  };
  if (names && names.length > 0) {
    outcome(target, await bench.desk.act(deed, whom().forWhom, [target.id]));
  }
  stays.end();
  handle.close();
}

/** The selection while one answers: what others write meanwhile moves it. */
function keep(
  bench: Bench,
  handle: OptionHandle,
  target: HTMLElement,
  selected: Chosen | null,
): { range(): { from: number; to: number }; end(): void } {
  const here = write.written();
  if (here?.option === target) {
    const view = here.editor.view;
    return { range: () => view.state.selection, end: () => view.focus() };
  }
  let from = selected ? positionIn(bench, handle, target, selected.range, "start") : 1;
  let to = selected ? positionIn(bench, handle, target, selected.range, "end") : 1;
  const end = handle.onRemote(({ steps }) => {
    for (const step of steps) {
      from = step.getMap().map(from, 1);
      to = step.getMap().map(to, -1);
    }
  });
  return { range: () => ({ from, to: Math.max(from, to) }), end };
}

function short(words: string): string {
  const letters = [...words];
  return letters.length > 40 ? `${letters.slice(0, 38).join("")}…` : words;
}
