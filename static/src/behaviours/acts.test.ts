import assert from "node:assert/strict";
import { test } from "node:test";
import { actOf, type Press } from "./acts.ts";

const press = (key: string, some: Partial<Press> = {}): Press => ({
  key,
  modified: false,
  writing: false,
  ...some,
});

test("single keys act", () => {
  assert.equal(actOf(press("j"), true), "next");
  assert.equal(actOf(press("]"), true), "bracket-next");
});

test("single keys can be switched off, Escape cannot", () => {
  assert.equal(actOf(press("j"), false), null);
  assert.equal(actOf(press("Escape"), false), "close");
});

test("nothing acts while one writes or holds a modifier", () => {
  assert.equal(actOf(press("j", { writing: true }), true), null);
  assert.equal(actOf(press("c", { modified: true }), true), null);
});

test("one writes, opens the menu and walks what is pending by single keys", () => {
  assert.deepEqual(["e", "Enter", "m", "y"].map((key) => actOf(press(key), true)), [
    "write",
    "write",
    "menu",
    "pending",
  ]);
});
