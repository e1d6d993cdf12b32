// Letters typed where an editor is about to stand, or stood a moment ago: words, not keys of the page.
//
// - A field that nobody sees takes them: so do input methods, what is pasted, and a phone's keyboard,
//   which comes up only when something is focused at the touch itself.
// - One at a time: who begins within another's catching leaves the words to that.

import { ENTER } from "../letters.ts";
import { say } from "./words.ts";

const REST_MS = 1_000;
const COMPOSING_MS = 5_000;

export interface Catch {
  readonly words: string;
  /** Resolves once no input method is in the middle of a word. */
  composed(): Promise<void>;
  /** Resolves once nothing was typed for a while. */
  rested(): Promise<void>;
  add(words: string): void;
  /** Ends it; gives what was typed. */
  end(): string;
}

let current: Catch | null = null;

export function catching(): Catch | null {
  return current;
}

export function catchLetters(): Catch {
  if (current) return within(current);
  const field = fieldFor();
  let before = document.activeElement;
  field.focus({ preventScroll: true });
  let isComposing = false;
  field.addEventListener("compositionstart", () => (isComposing = true));
  field.addEventListener("compositionend", () => (isComposing = false));
  current = {
    get words() {
      return field.value;
    },
    composed: () => (isComposing ? ended(field) : Promise.resolve()),
    rested: () => {
      before = document.activeElement;
      field.focus({ preventScroll: true });
      return rest(field);
    },
    add: (words) => field.setRangeText(words, field.value.length, field.value.length, "end"),
    end: () => {
      current = null;
      const isThere = document.activeElement === field;
      field.remove();
      if (isThere && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      return field.value;
    },
  };
  return current;
}

function within(outer: Catch): Catch {
  const { composed, add } = outer;
  return { words: "", composed, add, rested: () => Promise.resolve(), end: () => "" };
}

function fieldFor(): HTMLTextAreaElement {
  const field = document.createElement("textarea");
  field.className = "catching";
  field.setAttribute("aria-label", say("loading"));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    field.setRangeText(ENTER, field.selectionStart, field.selectionEnd, "end");
  });
  document.body.append(field);
  return field;
}

function ended(field: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    field.addEventListener("compositionend", () => setTimeout(resolve), { once: true });
    setTimeout(resolve, COMPOSING_MS);
  });
}

function rest(field: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    let resting = setTimeout(resolve, REST_MS);
    const again = (): void => {
      clearTimeout(resting);
      resting = setTimeout(resolve, REST_MS);
    };
    field.addEventListener("keydown", again);
    field.addEventListener("input", again);
  });
}
