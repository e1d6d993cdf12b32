// Carets of others: places in the confirmed text, carried to where they are in one's own document.

import type { Step, StepMap } from "prosemirror-transform";
import type { Presence } from "../live/messages.ts";
import type { Caret } from "./contract.ts";
import type { OptionText } from "./option.ts";

const REMEMBERED = 100; // versions

/** The position maps of the last versions. */
export class Trail {
  private versions: { readonly version: number; readonly maps: readonly StepMap[] }[] = [];

  add(version: number, steps: readonly Step[]): void {
    const maps = steps.map((step) => step.getMap());
    this.versions = [...this.versions.slice(1 - REMEMBERED), { version, maps }];
  }

  clear(): void {
    this.versions = [];
  }

  since(version: number): readonly StepMap[] {
    return this.versions.filter((later) => later.version > version).flatMap(({ maps }) => maps);
  }
}

/** From a place at a version, through what came since and the own work, into `doc`. */
export function fromShared(text: OptionText, maps: readonly StepMap[], place: number): number {
  const own = text.own.map(({ step }) => step.getMap());
  const at = [...maps, ...own].reduce((position, map) => map.map(position, -1), place);
  return Math.min(at, text.doc.content.size);
}

/** From `doc` into the confirmed text: inside own work, where that begins. */
export function toShared(text: OptionText, position: number): number {
  return text.own.reduceRight((at, { inverted }) => inverted.getMap().map(at, -1), position);
}

/** What is told of one's own caret: where it is in the confirmed text. */
export function whereabouts(
  caret: Caret | null,
  sheet: { readonly text: OptionText | null } | undefined,
): Presence {
  const text = sheet?.text;
  if (!caret || !text) return { t: "presence", option: null };
  const [anchor, head] = [toShared(text, caret.anchor), toShared(text, caret.head)];
  const { option, typing, forWhom } = caret;
  return { t: "presence", option, version: text.version, anchor, head, for: forWhom, typing };
}
