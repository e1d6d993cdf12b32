// What is fetched when one first writes: the desk, the editor, its commands.

import { now } from "../clock.ts";
import type { Said } from "../live/messages.ts";
import { sitDown, standUp } from "../writing/browser.ts";
import type { Place } from "../writing/contract.ts";
import { Desk } from "../writing/desk.ts";
import { goesByItself, propose, wayOf } from "../writing/proposing.ts";
import { liftBracket, openBracket, setKind, type BracketKind, type Surroundings } from "./brackets.ts";
import { toggleFormat } from "./commands.ts";
import { mount, redo, undo } from "./mount.ts";
import { changesIn, positionOf, wordsOf } from "./marks.ts";
import { proposer } from "./pending.ts";
import { bracketAt } from "./brackets.ts";
import { hasFormat } from "./commands.ts";

export interface Needs {
  readonly place: string; // names the person and the draft
  readonly seq: number;
  readonly against: string;
  say(message: Said): void;
  placeOf(option: string): Place | null;
}

const tools = {
  mount,
  undo,
  redo,
  bracketAt,
  changesIn,
  goesByItself,
  hasFormat,
  liftBracket,
  openBracket,
  positionOf,
  propose,
  proposer,
  setKind,
  toggleFormat,
  wayOf,
  wordsOf,
};

export type Bench = typeof tools & {
  readonly desk: Desk;
  readonly prefix: string; // of ids that no other window gives
  /** Leaves the work for when its person comes again. */
  putAway(): Promise<void>;
};
export type { BracketKind, Surroundings };
export type { Editor, Room } from "./mount.ts";
export type { Structure } from "./keymap.ts";

/** Sits down at the desk: with the work that an earlier page or visit has left, if it has. */
export async function setUp({ place, seq, against, say, placeOf }: Needs): Promise<Bench> {
  const { client, kept, sameTab, store } = await sitDown(place);
  const ports = {
    say,
    after: (ms: number, run: () => void): (() => void) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    now,
    wall: () => Date.now(),
    store,
    placeOf,
    trouble: (what: string, option: string) => console.warn(what, option),
  };
  const desk = new Desk(ports, { client, seq, against, kept, sameTab });
  addEventListener("pagehide", () => desk.leaving());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) desk.leaving(); // a phone may end a page that nobody looks at without a word
  });
  const putAway = async (): Promise<void> => {
    await desk.keep();
    standUp(place, client);
  };
  return { ...tools, desk, putAway, prefix: client + Math.floor(now()).toString(36) };
}
