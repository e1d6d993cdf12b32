// What the floor shows, as a pure reducer.
//
// - It follows the chair until somebody looks at something else, and again when they ask for it.
// - What the chair leads to is known all the time, so that following again needs no question.
// - `null` is the running text. A provision that goes leaves the running text.

export interface State {
  readonly follows: boolean;
  readonly led: string | null;
  readonly here: string | null;
}

export type Happening =
  | { readonly kind: "led"; readonly to: string | null }
  | { readonly kind: "browsed"; readonly to: string | null }
  | { readonly kind: "followed" }
  | { readonly kind: "gone"; readonly key: string };

export function reduce(state: State, happening: Happening): State {
  switch (happening.kind) {
    case "led":
      return { ...state, led: happening.to, here: state.follows ? happening.to : state.here };
    case "browsed":
      return { ...state, follows: false, here: happening.to };
    case "followed":
      return { ...state, follows: true, here: state.led };
    case "gone":
      return {
        ...state,
        led: state.led === happening.key ? null : state.led,
        here: state.here === happening.key ? null : state.here,
      };
  }
}

/** The key reached from `here` by `step` among keys in reading order; null where there is none. */
export function neighbour(
  keys: readonly string[],
  here: string | null,
  step: 1 | -1,
): string | null {
  const at = here === null ? -1 : keys.indexOf(here);
  if (at < 0) return keys.at(step === 1 ? 0 : -1) ?? null;
  return keys[at + step] ?? null;
}

/** The nearest of `stops` before or after `here`; the first or last of them where there is none. */
export function nextStop(
  keys: readonly string[],
  stops: ReadonlySet<string>,
  here: string | null,
  step: 1 | -1,
): string | null {
  const ordered = step === 1 ? keys : keys.toReversed();
  const after = here === null ? ordered : ordered.slice(ordered.indexOf(here) + 1);
  return [...after, ...ordered].find((key) => stops.has(key)) ?? null;
}

/** What the address says of it, after the page's own path. */
export function query(state: State, against: string): string {
  const parts = new URLSearchParams();
  if (!state.follows && state.here !== null) parts.set("provision", state.here);
  if (!state.follows && state.here === null) parts.set("text", "");
  if (against !== "clean") parts.set("against", against);
  const told = parts.toString().replace("text=", "text");
  return told ? `?${told}` : "";
}
