import assert from "node:assert/strict";
import { test } from "node:test";
import { ENTER, withKey } from "./letters.ts";

const typed = (...keys: string[]): string => keys.reduce((words, key) => withKey(words, key) ?? words, "");

test("letters are words, and Backspace takes the last of them back", () => {
  assert.equal(typed("l", "a", "n", "Backspace", "m", "p", " ", "Shift", "é", "🏮", "Backspace"), "lamp é");
  assert.equal(typed("Backspace", "a"), "a");
});

test("Enter is kept in its place", () => {
  assert.equal(typed("a", "Enter", "b", "Enter", "Backspace"), `a${ENTER}b`);
});

test("a key that moves or leaves is no word's", () => {
  for (const key of ["Escape", "Tab", "ArrowLeft", "Home", "F10"]) assert.equal(withKey("lamp", key), null);
});
