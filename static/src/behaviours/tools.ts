// The row of tools below the option one writes in; at narrow widths it stands at the foot.

import { all } from "../dom.ts";
import type { Bench, BracketKind, Editor } from "../editor/bench.ts";
import { act } from "./doing.ts";
import { openMenu } from "./menu.ts";
import { mayAccept, mayAct } from "./own.ts";
import { maySettle, selectedIds } from "./selected.ts";
import { settle } from "./settle.ts";
import { lendChoices, togglePending, whom } from "./whom.ts";
import { watched } from "./live.ts";
import * as write from "./write.ts";
import type { Tools } from "./write.ts";

const FORMATS = ["strong", "em", "underline", "sup", "sub"];
const KINDS: readonly BracketKind[] = ["contested", "deletion", "placeholder"];

export function attachTools(
  bench: Bench,
  editor: Editor,
  place: HTMLElement,
  option: HTMLElement,
): Tools {
  const template = document.getElementById("tools");
  const row = template instanceof HTMLTemplateElement
    ? template.content.firstElementChild?.cloneNode(true)
    : null;
  if (!(row instanceof HTMLElement)) return { show: () => undefined, focus: () => undefined };
  place.append(row);
  row.addEventListener("pointerdown", (event) => {
    if (!(event.target instanceof HTMLSelectElement)) event.preventDefault(); // the caret stays
  });
  const select = row.querySelector("select");
  if (select) select.hidden = !lendChoices(select);
  select?.addEventListener("change", () => editor.view.focus());
  row.addEventListener("click", (event) => {
    const pen = event.target instanceof Element ? event.target.closest("[data-pen]") : null;
    if (pen instanceof HTMLElement) use(pen.dataset["pen"] ?? "", bench, editor, option, pen);
  });
  row.addEventListener("keydown", (event) => walk(event, row, editor));
  const tools = { show: () => show(row, bench, editor), focus: () => pens(row)[0]?.focus() };
  for (const [place_, pen] of pens(row).entries()) pen.tabIndex = place_ === 0 ? 0 : -1;
  tools.show();
  return tools;
}

function pens(row: HTMLElement): HTMLElement[] {
  return all("[data-pen]", row).filter((pen) => !pen.closest("[hidden]"));
}

function use(pen: string, bench: Bench, editor: Editor, option: HTMLElement, button: HTMLElement): void {
  const kind = KINDS.find((one) => one === pen);
  if (FORMATS.includes(pen)) editor.run(bench.toggleFormat(pen));
  else if (kind) editor.run(bench.setKind(kind));
  else if (pen === "lift") lift(bench, editor, option);
  else if (pen === "bracket") editor.run(bench.openBracket(editor.surroundings));
  else if (pen === "undo") editor.run(bench.undo);
  else if (pen === "pending") togglePending();
  else if (pen === "accept" || pen === "reject") accept(pen === "accept", option);
  else if (pen === "more") openMenu(option.closest<HTMLElement>(".prov"), option, button);
  else if (pen === "leave") write.leave();
}

/** A bracket over several provisions is lifted by the server, which knows both. */
function lift(bench: Bench, editor: Editor, option: HTMLElement): void {
  const bracket = bench.bracketAt(editor.view.state)?.id;
  if (bracket && mayAct("bracket.lift")) void act({ a: "bracket.lift", bracket }, option);
  else editor.run(bench.liftBracket);
}

function accept(accepted: boolean, option: HTMLElement): void {
  const ids = selectedIds();
  if (ids.length > 0) void settle({ accept: accepted, ids, option: option.id }, option);
}

function show(row: HTMLElement, bench: Bench, editor: Editor): void {
  const { state } = editor.view;
  const { name, isPending } = whom();
  const bracket = bench.bracketAt(state);
  const open = bracket && kindOf(bracket.id, editor);
  const shown: Readonly<Record<string, boolean>> = {
    bracket: bracket !== null && !isPending,
    accept: maySettle("accept"),
    reject: mayAccept() && maySettle("reject"),
    withdraw: !mayAccept() && maySettle("reject"),
    direct: watched()?.you?.writes === "direct",
  };
  for (const part of all("[data-only]", row)) part.hidden = !shown[part.dataset["only"] ?? ""];
  for (const pen of all("[data-pen][aria-pressed]", row)) {
    const what = pen.dataset["pen"] ?? "";
    const pressed =
      what === "pending" ? isPending : FORMATS.includes(what) ? bench.hasFormat(state, what) : what === open;
    pen.setAttribute("aria-pressed", String(pressed));
  }
  const code = row.querySelector<HTMLElement>(".for-now b");
  if (!code) return;
  code.textContent = name;
  code.hidden = row.querySelector(".for-now select:not([hidden])") !== null;
}

function kindOf(id: string, editor: Editor): string | null {
  let kind: string | null = null;
  editor.view.state.doc.descendants((node) => {
    if (node.type.name === "bracket_open" && node.attrs["id"] === id) kind = String(node.attrs["kind"]);
  });
  return kind;
}

/** One stop for the tab key; arrows go along the row, and Escape back to the text. */
function walk(event: KeyboardEvent, row: HTMLElement, editor: Editor): void {
  const all_ = pens(row);
  const at = all_.findIndex((pen) => pen === document.activeElement);
  const rtl = getComputedStyle(row).direction === "rtl";
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: rtl ? -1 : 1,
    ArrowLeft: rtl ? 1 : -1,
    Home: -at,
    End: all_.length - 1 - at,
  };
  const step = steps[event.key];
  if (event.key === "Escape") {
    event.stopPropagation();
    editor.view.focus();
  } else if (step !== undefined && at >= 0) {
    event.preventDefault();
    const next = all_[(at + step + all_.length) % all_.length];
    for (const pen of all_) pen.tabIndex = pen === next ? 0 : -1;
    next?.focus();
  }
}
