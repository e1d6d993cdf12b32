// What is fetched when one first writes: the desk, the editor, its commands.

import type { Said } from "../live/messages.ts";
import { randomClient } from "../live/reader.ts";
import { Desk } from "../writing/desk.ts";
import { NOTHING } from "../writing/kept.ts";
import { liftBracket, openBracket, setKind, type BracketKind, type Surroundings } from "./brackets.ts";
import { toggleFormat } from "./commands.ts";
import { mount, redo, undo } from "./mount.ts";
import { changesIn, wordsOf } from "./marks.ts";
import { proposer } from "./pending.ts";
import { bracketAt } from "./brackets.ts";
import { hasFormat } from "./commands.ts";

export interface Needs {
  readonly draft: string; // its address on the line
  readonly seq: number;
  readonly against: string;
  say(message: Said): void;
}

const tools = {
  mount,
  undo,
  redo,
  bracketAt,
  changesIn,
  hasFormat,
  liftBracket,
  openBracket,
  proposer,
  setKind,
  toggleFormat,
  wordsOf,
};

export type Bench = typeof tools & {
  readonly desk: Desk;
  readonly prefix: string; // of ids that no other window gives
};
export type { BracketKind, Surroundings };
export type { Editor, Room } from "./mount.ts";
export type { Structure } from "./keymap.ts";

export async function setUp({ seq, against, say }: Needs): Promise<Bench> {
  const client = randomClient();
  const ports = {
    say,
    after: (ms: number, run: () => void): (() => void) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    now: () => Date.now(),
    store: { save: () => Promise.resolve() },
    trouble: (what: string, option: string) => console.warn(what, option),
  };
  const desk = new Desk(ports, { client, seq, against, kept: NOTHING, sameTab: true });
  return Promise.resolve({ ...tools, desk, prefix: desk.client + Date.now().toString(36) });
}
