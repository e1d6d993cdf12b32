// The acts at the foot. Once to see what would come of an act, once more to do it.
//
// - The sentence above the acts is the server's word on the act that stands out ("main"): that is
//   the one which what is chosen suggests, or the one that was asked for last.
// - A pointer that rests on an act, or the focus on it, asks for it; so does its key, or a tap. Only
//   what was shown is done.

import { all, announce, onClick } from "../dom.ts";
import { actor, watched } from "../behaviours/live.ts";
import { whom } from "../behaviours/whom.ts";
import { say } from "../behaviours/words.ts";
import type { Deed } from "../live/messages.ts";
import * as brackets from "./brackets.ts";
import { wishOf, type Act, type Told, type Wish } from "./deeds.ts";
import { canUndo, isBack, remember, turn, undoWish } from "./done.ts";
import { effectOf } from "./effect.ts";
import { fitting, suggested } from "./fitting.ts";
import { farCases } from "./far.ts";
import * as able from "./able.ts";
import * as foot from "./foot.ts";
import * as forks from "./forks.ts";
import { boxes, caseOf, main, wordsOf } from "./lying.ts";
import { isOnMany, wishOfMany, type ManyWish } from "./many.ts";
import { refresh, refreshIndex, SHOWN } from "./page.ts";
import { hidePanel, isOpen, showPanel } from "./panel.ts";
import * as voices from "./voices.ts";

interface Shown {
  readonly act: Act | "undo";
  readonly deed: Deed | null; // null: it cannot be
  readonly told: Told | null;
  readonly words: string; // what would come of it
}

const REST_MS = 140; // of a pointer before it asks
let shown: Shown | null = null;
let waiting = false; // pressed while what was told is looked at once more
let asking = 0; // the latest question; answers to older ones are not told
let underWay = 0; // acts of one's own that are not answered yet
let resting = 0;
let picking = 0;
let selecting = 0;
let selection = ""; // the words that were selected last
let provision: string | undefined; // the one that is shown

function may(): ReadonlySet<string> {
  return new Set(all("[data-act]").map((button) => button.dataset["act"] ?? ""));
}

function tell(words: string, kind = ""): void {
  const place = document.getElementById("effect");
  if (!place) return;
  place.dataset["s"] = kind;
  place.textContent = words;
}

function stand(act: string | null): void {
  for (const button of all("#cmd [data-act]")) {
    const isMain = button.dataset["act"] === act;
    button.classList.toggle("main", isMain);
    if (isMain) button.setAttribute("aria-describedby", "effect");
    else button.removeAttribute("aria-describedby");
  }
}

// --- What would come of it --------------------------------------------------------------------------

/** Tells what an act would do. Where something must be asked first, that is asked if `ask`.
 * `before`: what was told of it on an earlier state of the page. */
export async function preview(
  act: Act | "undo",
  ask: boolean,
  told: Told | null = null,
  before = "",
): Promise<void> {
  const page = main();
  if (!page || !may().has(act)) return;
  asking += 1;
  const mine = asking;
  shown = { act, deed: null, told, words: before };
  waiting = false;
  stand(act);
  const wish = await wishOn(act, page, told);
  if (mine !== asking) return;
  if ("ask" in wish) {
    tell(labelOf(act));
    if (ask) open(act, wish); // which tells more, once there is something to tell
    return;
  }
  if ("why" in wish) {
    tell(say(wish.why), "refused");
    return;
  }
  const effect = await effectOf(wish.deed);
  if (mine !== asking) return;
  if (effect.refused) {
    tell(say("wouldNot", { s: effect.words }), "refused");
    return;
  }
  const words = [effect.words, ...(wish.left ? [say("leftOut", { n: wish.left })] : [])].join(" ");
  shown = { act, deed: wish.deed, told, words };
  tell(`${labelOf(act)}: ${words}`);
  if (waiting && words === before) await perform(wish.deed, act, before);
  waiting = false;
}

/** What is asked for: of the provision in sight, or of all that are chosen in the index. */
async function wishOn(act: Act | "undo", page: HTMLElement, told: Told | null): Promise<ManyWish> {
  if (act === "undo") return undoWish();
  const at = caseOf(page);
  if (at.picked.length === 0 || !isOnMany(act)) return wishOf(act, at, told);
  return wishOfMany(act, at, await farCases(at.picked), told);
}

function labelOf(act: string): string {
  if (act === "undo" && isBack()) return say("again");
  const button = document.querySelector(`#cmd [data-act="${act}"]`)?.cloneNode(true);
  if (!(button instanceof HTMLElement)) return "";
  for (const beside of all("kbd, .short", button)) beside.remove();
  return button.textContent.replaceAll(/\s+/gu, " ").trim();
}

/** What is chosen suggests an act; nothing chosen, nothing is suggested. */
function suggest(): void {
  const page = main();
  voices.sync();
  if (!page || isOpen() || underWay > 0) return;
  const at = caseOf(page);
  able.draw(at);
  foot.arrange(fitting(at, may()));
  const act = suggested(at, may());
  if (act) void preview(act, false);
  else {
    asking += 1;
    shown = null;
    stand(null);
    tell(say("chooseWordings"));
  }
}

// --- Doing it -----------------------------------------------------------------------------------------

/** A key or a tap: shows what would come of it, or, once that is shown, does it. */
export async function press(act: Act | "undo"): Promise<void> {
  if (!may().has(act)) return;
  clearTimeout(picking); // what is asked for stands before what would be suggested
  clearTimeout(resting); // it is shown already, and would be asked for anew under a second press
  if (act === "project") {
    await preview(act, false); // it changes nothing in the text, and is meant at once
  }
  if (shown?.act === act && shown.deed) await perform(shown.deed, act, shown.words);
  else if (shown?.act === act && shown.words) waiting = true; // done if it would do what was told
  else await preview(act, true);
}

async function perform(deed: Deed, act: Act | "undo", words: string): Promise<void> {
  const acting = actor();
  if (!acting || watched()?.saying.kind === "offline") {
    tell(say("noLine"), "refused");
    return;
  }
  shown = null;
  underWay += 1;
  asking += 1; // what is told of it is what comes of it, not what was still asked about it
  const answer = await acting.act(deed, whom().forWhom);
  underWay -= 1;
  if (answer.kind === "done") {
    remember(answer.seq, act);
    if (deed.a !== "floor") for (const box of boxes()) box.checked = false;
    if (deed.a === "together") pickAll(false);
    await refresh(); // first the page shows it, then it is told
    stand(null);
    ahead();
    tell(say(act === "undo" && !isBack() ? "undone" : "done", { s: words }));
    void refreshIndex();
  } else if (answer.kind === "refused") {
    tell(say("refused", { s: answer.reason }), "refused");
    if (answer.code === "too_old") void refresh();
  } else tell(say("noLine"), "refused");
}

/** Takes back the last act of one's own; `again`: does what was taken back. */
export async function undo(again: boolean): Promise<void> {
  if (isBack() !== again) shown = null;
  turn(again);
  await press("undo");
}

// --- Asking first ---------------------------------------------------------------------------------------

function open(act: Act | "undo", wish: Wish): void {
  if (!("ask" in wish) || act === "undo") return;
  const chosen = boxes().filter((box) => box.checked);
  const first = chosen[0];
  showPanel(wish.ask, {
    legend: labelOf(act),
    on: brackets.bracket() ? say("onBracket") : first ? say("onWording", { s: namesOf(chosen) }) : say("onProvision"),
    words: first ? wordsOf(first) : "",
    told: (told) => void preview(act, false, told),
    done: (told) => {
      hidePanel();
      void preview(act, false, told).then(() => {
        // It was asked for in so many words; what comes of it is told, and it is done.
        if (shown?.act === act && shown.deed) void perform(shown.deed, act, shown.words);
      });
    },
  });
}

/** What the rows are called where they stand: "Option 1, Option 2". */
function namesOf(chosen: readonly HTMLInputElement[]): string {
  const heads = chosen.map((box) => box.closest("label")?.textContent.replaceAll(/\s+/gu, " ").trim());
  return heads.filter(Boolean).join(", ");
}

/** After an act: what fits now, and to take it back. */
function ahead(): void {
  const page = main();
  voices.sync();
  if (!page) return;
  const at = caseOf(page);
  able.draw(at);
  foot.arrange([...(canUndo() ? (["undo"] as const) : []), ...fitting(at, may())]);
}

function isAct(name: string | undefined): name is Act | "undo" {
  return name !== undefined && name !== "";
}

export function start(): void {
  onClick("#cmd [data-act]", (button) => {
    const act = button.dataset["act"];
    const menu = button.closest("details");
    if (menu) menu.open = false;
    if (act === "undo") void undo(false);
    else if (isAct(act)) void press(act);
  });
  for (const kind of ["pointerover", "focusin"] as const) {
    document.addEventListener(kind, (event) => {
      const target = event.target instanceof Element ? event.target : null;
      const act = target?.closest<HTMLElement>("#cmd [data-act]")?.dataset["act"];
      if (event instanceof PointerEvent && event.pointerType !== "mouse") return;
      clearTimeout(resting);
      if (!isAct(act) || shown?.act === act || isOpen()) return;
      resting = setTimeout(() => void preview(act, false), REST_MS);
    });
  }
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement)) return;
    clearTimeout(picking);
    if (box.name === "wording") {
      forks.forget(); // what was chosen last is meant
      suggest();
    }
    // Who picks many does not want to be told of each.
    else if (box.name === "pick") picking = setTimeout(suggest, REST_MS);
  });
  document.addEventListener(brackets.CHOSEN, () => {
    if (brackets.bracket()) forks.forget();
    suggest();
  });
  document.addEventListener(forks.FORK, () => {
    brackets.forget();
    suggest();
  });
  document.addEventListener(forks.AGAIN, () => void press("decide"));
  document.addEventListener("selectionchange", () => {
    clearTimeout(selecting);
    selecting = setTimeout(() => {
      const words = getSelection()?.toString() ?? "";
      if (words !== selection && may().has("bracket")) suggest();
      selection = words;
    }, REST_MS);
  });
  document.addEventListener(SHOWN, () => {
    const isOther = provision !== main()?.dataset["provision"];
    brackets.again();
    forks.again();
    provision = main()?.dataset["provision"];
    // What was just done stays told; what was asked for, or is chosen, is told anew.
    if (!isOther && shown && !isOpen()) void preview(shown.act, false, shown.told, shown.words);
    else if (isOther || boxes().some((box) => box.checked)) suggest();
  });
  foot.start();
  voices.onVoice(choose);
  provision = main()?.dataset["provision"];
  suggest();
}

/** Chooses a wording by its number, or turns it off again. */
export function choose(number: string): void {
  const box = boxes().find((one) => one.value === number && !one.disabled);
  if (!box) return;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  if (!voices.areInSight()) box.closest(".worded")?.scrollIntoView({ block: "nearest" });
  announce(box.closest("label")?.textContent.trim() ?? "");
}

/** Chooses every provision that the index lists, or none. */
export function pickAll(on: boolean): void {
  for (const box of all<HTMLInputElement>("#index input[name=pick]")) box.checked = on;
  const whole = document.querySelector<HTMLInputElement>("#index [data-do=pick-all]");
  if (whole) whole.checked = on;
  suggest();
}

/** Nothing is chosen any more. */
export function chooseNothing(): void {
  forks.forget();
  brackets.choose(null);
  for (const box of boxes()) box.checked = false;
  suggest();
}
