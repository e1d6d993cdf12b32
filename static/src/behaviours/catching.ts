// Letters typed where an editor is about to stand, or stood a moment ago: words, not keys of the page.
//
// - What one types into a field is the field's, and a combination of keys is the page's or the browser's.
// - Whoever ends the catching takes over what was typed.

import { withKey } from "../letters.ts";

const REST_MS = 1_000;

export interface Catch {
  readonly words: string;
  /** Resolves once nothing was typed for a while. */
  rested(): Promise<void>;
  /** Ends it; gives what was typed. */
  end(): string;
}

function isField({ target }: Event): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"));
}

function isCombined(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph");
}

export function catchLetters(): Catch {
  const ended = new AbortController();
  let words = "";
  let resting = 0;
  let rest: () => void = () => undefined;
  const took = (event: Event, more: string): void => {
    words = more;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (resting) wait();
  };
  const wait = (): void => {
    clearTimeout(resting);
    resting = setTimeout(() => rest(), REST_MS);
  };
  const listening = { capture: true, signal: ended.signal };
  document.addEventListener("keydown", (event) => {
    const more = isField(event) || isCombined(event) ? null : withKey(words, event.key);
    if (more !== null) took(event, more);
  }, listening);
  document.addEventListener("paste", (event) => {
    if (!isField(event)) took(event, words + (event.clipboardData?.getData("text/plain") ?? ""));
  }, listening);
  return {
    get words() {
      return words;
    },
    rested: () => {
      wait();
      return new Promise((resolve) => (rest = resolve));
    },
    end: () => {
      ended.abort();
      clearTimeout(resting);
      return words;
    },
  };
}
