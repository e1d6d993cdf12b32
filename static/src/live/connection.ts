// The connection's state, as a pure reducer: what happened in, the next state and what to do out.
//
// - Hints may be lost; while there is no socket the page asks by itself, at a calm pace.
// - A refusal by the server is final: whoever may not watch is not let in by asking again.
// - Waiting grows with each failure and is spread out, so that a restart is not met by everybody.

export type Phase = "resting" | "connecting" | "open" | "waiting" | "refused";

export interface State {
  readonly phase: Phase;
  readonly failures: number;
}

export type Happening =
  | { readonly kind: "wanted" }
  | { readonly kind: "opened" }
  | { readonly kind: "lost"; readonly code: number; readonly chance: number } // chance: 0 to 1
  | { readonly kind: "waited" };

export type Deed =
  | { readonly kind: "connect" }
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "ask"; readonly often: boolean }; // fetch what may have been missed

export const RESTING: State = { phase: "resting", failures: 0 };
const REFUSALS: ReadonlySet<number> = new Set([4400, 4401, 4404]);
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;

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
  }
}

function lost(state: State, code: number, chance: number): readonly [State, readonly Deed[]] {
  if (state.phase === "refused" || state.phase === "resting") return [state, []];
  const often: Deed = { kind: "ask", often: true };
  if (REFUSALS.has(code)) return [{ ...state, phase: "refused" }, [often]];
  const failures = state.failures + 1;
  return [
    { phase: "waiting", failures },
    [{ kind: "wait", ms: waitAfter(failures, chance) }, often],
  ];
}
