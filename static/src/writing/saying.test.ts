import assert from "node:assert/strict";
import { test } from "node:test";
import { saying } from "./saying.ts";

test("what a person is told is the first thing that holds", () => {
  const table = [
    ["refused", true, 3, { kind: "not allowed", unsent: 3, isKept: false }],
    ["down", true, 3, { kind: "offline", unsent: 3, isKept: false }],
    ["down", false, 0, { kind: "offline", unsent: 0, isKept: false }],
    ["up", true, 3, { kind: "catching up" }],
    ["up", false, 3, { kind: "saving" }],
    ["up", false, 1, { kind: "held", unsent: 1 }],
    ["up", false, 0, { kind: "saved" }],
  ] as const;
  for (const [line, behind, unconfirmed, told] of table) {
    assert.deepEqual(saying({ line, behind, unconfirmed, held: Math.min(unconfirmed, 1), isKept: false }), told);
  }
});
