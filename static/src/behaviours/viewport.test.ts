// What a phone's keyboard covers, and how far a line is from being seen.

import assert from "node:assert/strict";
import { test } from "node:test";

import { covered, offBy } from "./viewport.ts";

const WHOLE = { height: 667, offsetTop: 0, scale: 1 };

test("without a keyboard nothing is covered", () => {
  assert.equal(covered(WHOLE, 667), 0);
});

test("what the keyboard takes from the foot is covered, less what was scrolled away above", () => {
  assert.equal(covered({ ...WHOLE, height: 407 }, 667), 260);
  assert.equal(covered({ ...WHOLE, height: 407, offsetTop: 60 }, 667), 200);
});

test("a magnified page is no keyboard", () => {
  assert.equal(covered({ height: 333, offsetTop: 0, scale: 2 }, 667), 0);
});

test("a window that grows faster than its page covers nothing", () => {
  assert.equal(covered({ ...WHOLE, height: 700 }, 667), 0);
});

test("a line between the edges stays", () => {
  assert.equal(offBy({ top: 50, bottom: 70 }, 50, 70), 0);
});

test("a line under the bar at the foot rises by what is hidden of it", () => {
  assert.equal(offBy({ top: 600, bottom: 630 }, 50, 610), 20);
});

test("a line under the bar at the top comes down", () => {
  assert.equal(offBy({ top: 30, bottom: 55 }, 50, 610), -20);
});

test("of a line higher than the room for it the beginning is seen", () => {
  assert.equal(offBy({ top: 100, bottom: 900 }, 50, 610), 50);
});
