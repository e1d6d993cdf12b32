// Unsent work as a batch for the wire.
//
// - Typing travels as one step where ProseMirror can join it; deletions do not, for what others
//   write between two of them must not be swallowed.
// - A batch is for one standing, of at most 200 items and 60 kB.

import type { Node } from "prosemirror-model";
import { ReplaceStep, type Step } from "prosemirror-transform";
import type { Own } from "./rebase.ts";
import type { Json } from "./schema.ts";

export const MOST_ITEMS = 200;
export const MOST_BYTES = 60_000; // the server takes 64 KiB, with the envelope

export interface Item {
  readonly key: string;
  readonly step: Json;
}

/** A batch as it was sent: `mid`, `base` and items never change. Whatever becomes of it can be told
 * from the text it was made on and what came between. */
export interface Flight {
  readonly mid: number;
  readonly base: number;
  readonly forWhom: string;
  readonly items: readonly Item[];
  readonly withdrawn: boolean;
  readonly ground: Node; // the text at `base`
  readonly missed: readonly Step[] | null; // what came since; null: not known
  readonly overrun: Readonly<Record<string, string>>; // by key: words its deletion took before
}

/** What is sent for a batch. One that is withdrawn sends nothing under the same `mid`: whichever of
 * the two comes first is taken, the other gets its answer. */
export function asSent(
  { mid, base, items, withdrawn }: Flight,
  version: number,
): Pick<Flight, "base" | "items"> {
  if (!withdrawn) return { base, items };
  return { base: version, items: [{ key: `${mid}-x`, step: { stepType: "replace", from: 1, to: 1 } }] };
}

interface Group {
  readonly step: Step;
  readonly size: number; // how many own steps it joins
}

/** The next batch of `own` (none of it sent), and `own` marked with the keys. `tooLarge`: its first
 * step does not fit into any batch. */
export function nextBatch(
  own: readonly Own[],
  mid: number,
  base: number,
  ground: Node,
): { flight: Flight; own: readonly Own[] } | "too large" {
  const forWhom = own[0]?.forWhom ?? "";
  const items: Item[] = [];
  const overrun: Record<string, string> = {};
  const marked: Own[] = [];
  let bytes = 0;
  for (const { step, size } of groups(own.filter(sameStandingFirst(own)))) {
    const item = { key: `${mid}-${items.length}`, step: step.toJSON() as Json };
    bytes += utf8Length(JSON.stringify(item)) + 1;
    if (items.length >= MOST_ITEMS || bytes > MOST_BYTES) break;
    for (let i = 0; i < size; i++) {
      const mine = own[marked.length];
      if (mine?.overrun) overrun[item.key] = mine.overrun;
      if (mine) marked.push({ ...mine, item: item.key });
    }
    items.push(item);
  }
  if (items.length === 0) return "too large";
  const flight = { mid, base, forWhom, items, withdrawn: false, ground, missed: [], overrun };
  return { flight, own: [...marked, ...own.slice(marked.length)] };
}

/** True for the steps up to the first that is for somebody else. */
function sameStandingFirst(own: readonly Own[]): (mine: Own, i: number) => boolean {
  const other = own.findIndex(({ forWhom }) => forWhom !== own[0]?.forWhom);
  return (_mine, i) => other === -1 || i < other;
}

export function groups(own: readonly Own[]): Group[] {
  const out: Group[] = [];
  for (const { step } of own) {
    const last = out.at(-1);
    const merged = last && merge(last.step, step);
    if (last && merged) out[out.length - 1] = { step: merged, size: last.size + 1 };
    else out.push({ step, size: 1 });
  }
  return out;
}

/** Both as one step, where both only bring something and the second goes on where the first ends. */
export function merge(one: Step, other: Step): Step | null {
  if (!(one instanceof ReplaceStep && other instanceof ReplaceStep)) return null;
  const typing = one.from === one.to && other.from === other.to;
  return typing && other.from === one.from + one.slice.size ? one.merge(other) : null;
}

const encoder = new TextEncoder();

function utf8Length(text: string): number {
  return encoder.encode(text).length;
}
