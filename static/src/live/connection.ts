// The connection's state, as a pure reducer: what happened in, the next state and what to do out.
//
// - Hints may be lost; while there is no socket the page asks by itself, at a calm pace.
// - A refusal by the server is final: whoever may not watch is not let in by asking again.
// - Whose client's name belongs to another person signed in under an open page: the page is done for.
// - Who has missed too much fetches the page first and then connects; who said too much waits longer.
// - Waiting grows with each failure and is spread out, so that a restart is not met by everybody.

import { CLIENT_TAKEN, NOT_FOR_YOU, NOT_UNDERSTOOD, RESYNC, TOO_MUCH } from "./messages.ts";

export type Phase = "resting" | "connecting" | "open" | "waiting" | "torn" | "refused";

export interface State {
  readonly phase: Phase;
  readonly failures: number;
}

export type Happening =
  | { readonly kind: "wanted" }
  | { readonly kind: "opened" }
  | { readonly kind: "lost"; readonly code: number; readonly chance: number } // chance: 0 to 1
  | { readonly kind: "waited" }
  | { readonly kind: "mended"; readonly chance: number } // the page was fetched, or could not be
  | { readonly kind: "given" }; // somebody else listens now, and says hello for themselves

export type Deed =
  | { readonly kind: "connect" }
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "mend" } // fetch the page
  | { readonly kind: "renew" } // load the page anew, as another person's
  | { readonly kind: "ask"; readonly often: boolean }; // fetch what may have been missed

export const RESTING: State = { phase: "resting", failures: 0 };
const REFUSALS: ReadonlySet<number> = new Set([NOT_UNDERSTOOD, NOT_FOR_YOU]);
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;
const CALM_MS = 10_000;

/** How long to wait after the n-th failure in a row: doubled each time, spread by half. */
export function waitAfter(failures: number, chance: number): number {
  const whole = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
  return Math.round(whole * (0.5 + chance / 2));
}

/** The next state, and what to do. A happening that does not fit the phase changes nothing. */
export function reduce(state: State, happening: Happening): readonly [State, readonly Deed[]] {
  switch (happening.kind) {
    case "wanted":
      if (state.phase !== "resting") return [state, []];
      return [{ ...state, phase: "connecting" }, [{ kind: "connect" }]];
    case "opened":
      if (state.phase !== "connecting") return [state, []];
      return [{ phase: "open", failures: 0 }, [{ kind: "ask", often: false }]];
    case "lost":
      return lost(state, happening.code, happening.chance);
    case "waited":
      if (state.phase !== "waiting") return [state, []];
      return [{ ...state, phase: "connecting" }, [{ kind: "connect" }]];
    case "mended":
      if (state.phase !== "torn") return [state, []];
      return [{ ...state, phase: "waiting" }, [{ kind: "wait", ms: waitAfter(1, happening.chance) }]];
    case "given":
      if (state.phase !== "open") return [state, []]; // it says hello when it opens
      return [{ ...state, phase: "connecting" }, [{ kind: "connect" }]];
  }
}

function lost(state: State, code: number, chance: number): readonly [State, readonly Deed[]] {
  if (state.phase === "refused" || state.phase === "resting") return [state, []];
  const often: Deed = { kind: "ask", often: true };
  if (code === CLIENT_TAKEN) return [{ ...state, phase: "refused" }, [{ kind: "renew" }]];
  if (REFUSALS.has(code)) return [{ ...state, phase: "refused" }, [often]];
  if (code === RESYNC) return [{ ...state, phase: "torn" }, [{ kind: "mend" }]];
  const failures = state.failures + 1;
  const ms = Math.max(waitAfter(failures, chance), code === TOO_MUCH ? CALM_MS : 0);
  return [{ phase: "waiting", failures }, [{ kind: "wait", ms }, often]];
}
