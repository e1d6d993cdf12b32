import assert from "node:assert/strict";
import { test } from "node:test";

import { changed } from "./changed.ts";
import { bounds, largest, settled } from "./fit.ts";
import { neighbour, nextStop, query, reduce, type Happening, type State } from "./state.ts";

const START: State = { follows: true, led: "p2", here: "p2" };
const KEYS = ["p1", "p2", "p3", "p4"];

function after(...happenings: Happening[]): State {
  return happenings.reduce(reduce, START);
}

test("it goes where the chair leads", () => {
  assert.deepEqual(after({ kind: "led", to: "p3" }), { follows: true, led: "p3", here: "p3" });
  assert.equal(after({ kind: "led", to: null }).here, null);
});

test("who browses stays where they are when the chair goes on", () => {
  const state = after({ kind: "browsed", to: "p4" }, { kind: "led", to: "p1" });
  assert.deepEqual(state, { follows: false, led: "p1", here: "p4" });
});

test("one key follows again, to where the chair is now", () => {
  const state = after({ kind: "browsed", to: null }, { kind: "led", to: "p1" }, { kind: "followed" });
  assert.deepEqual(state, { follows: true, led: "p1", here: "p1" });
});

test("a provision that goes leaves the running text, and nothing else moves", () => {
  assert.deepEqual(after({ kind: "gone", key: "p2" }), { follows: true, led: null, here: null });
  assert.deepEqual(after({ kind: "gone", key: "p3" }), START);
});

test("steps stop at the ends of the paper, and begin at an end from the running text", () => {
  assert.equal(neighbour(KEYS, "p2", 1), "p3");
  assert.equal(neighbour(KEYS, "p1", -1), null);
  assert.equal(neighbour(KEYS, null, 1), "p1");
  assert.equal(neighbour(KEYS, null, -1), "p4");
  assert.equal(neighbour([], null, 1), null);
});

test("from one provision to settle to the next, round the paper", () => {
  const stops = new Set(["p1", "p3"]);
  assert.equal(nextStop(KEYS, stops, "p1", 1), "p3");
  assert.equal(nextStop(KEYS, stops, "p3", 1), "p1");
  assert.equal(nextStop(KEYS, stops, "p2", -1), "p1");
  assert.equal(nextStop(KEYS, new Set(), "p2", 1), null);
});

test("the address says what is shown, so that a reload shows it again", () => {
  assert.equal(query(START, "clean"), "");
  assert.equal(query({ ...START, follows: false }, "clean"), "?provision=p2");
  assert.equal(query({ ...START, follows: false, here: null }, "base"), "?text&against=base");
});

test("type is the largest that fits, found in few tries", () => {
  for (const limit of [10, 17, 20, 33.3, 54, 200]) {
    let tries = 0;
    const size = largest((one) => (tries++, one <= limit), { least: 17, most: 54 });
    const expected = Math.min(54, Math.max(17, Math.floor(limit)));
    assert.equal(size, expected);
    assert.ok(tries <= 7);
  }
});

test("a hall's screen has type that is read from its back, a phone's what a hand holds", () => {
  assert.ok(bounds(2560, 1440).least >= 42);
  assert.ok(bounds(2560, 1440).most >= 100);
  assert.equal(bounds(375, 812).least, 17);
  assert.ok(bounds(375, 812).most >= 22);
});

test("type does not breathe while somebody writes", () => {
  assert.equal(settled(50, 54, true), 50);
  assert.equal(settled(30, 54, true), 54);
  assert.equal(settled(50, 48, false), 48);
});

test("new words are found whole, whatever is taken away", () => {
  const words = (before: string, now: string): string | null => {
    const span = changed(before, now);
    return span && now.slice(span.start, span.end);
  };
  assert.equal(words("to mend lamps", "to mend the lamps"), "the ");
  assert.equal(words("to mend lamps", "to mend lanterns"), "lanterns");
  assert.equal(words("to mend the lamps", "to mend lamps"), null);
  assert.equal(words("", "new"), "new");
  assert.equal(words("same", "same"), null);
  assert.equal(words("aa", "aaa"), "aaa");
});
