// What the person is told about their work, as a pure function of how it stands.

import type { Saying } from "./contract.ts";

export interface Affairs {
  readonly line: "up" | "down" | "refused";
  readonly behind: boolean; // events are known that are not here yet
  readonly unconfirmed: number; // changes that are not on the server's disk for all we know
  readonly held: number; // those of them that wait for the person's word
  readonly isKept: boolean; // everything is on this machine's disk
}

/** The first that holds: a refusal, no line, others' work on its way, one's own, work that waits. */
export function saying({ line, behind, unconfirmed, held, isKept }: Affairs): Saying {
  if (line === "refused") return { kind: "not allowed", unsent: unconfirmed, isKept };
  if (line === "down") return { kind: "offline", unsent: unconfirmed, isKept };
  if (behind) return { kind: "catching up" };
  if (unconfirmed > held) return { kind: "saving" };
  return held > 0 ? { kind: "held", unsent: held } : { kind: "saved" };
}
