import assert from "node:assert/strict";
import { test } from "node:test";
import { shifted } from "./put.ts";

test("a place in words moves with what changes before it", () => {
  assert.equal(shifted("count the lamps", "count all the lamps", 3), 3);
  assert.equal(shifted("count the lamps", "count all the lamps", 12), 16);
  assert.equal(shifted("count the lamps", "the lamps", 12), 6);
});

test("a place in what was taken away goes to where it was", () => {
  assert.equal(shifted("one two three", "one three", 6), 5);
});
