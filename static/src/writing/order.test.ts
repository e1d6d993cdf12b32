import assert from "node:assert/strict";
import { test } from "node:test";
import type { Happened } from "../live/messages.ts";
import { Order } from "./order.ts";

const event = (seq: number): Happened => {
  const data = { provisions: [], options: [], removed: [] };
  return { t: "event", seq, kind: "x", by: "", for: "", at: "", client: null, mid: null, data };
};

test("whatever the order in which events come, they are applied once, by seq", () => {
  for (const came of [[1, 2, 3, 4], [4, 3, 2, 1], [2, 2, 4, 1, 1, 3], [3, 1, 4, 2, 3]]) {
    const applied: number[] = [];
    const order = new Order(0, ({ seq }) => applied.push(seq));
    came.forEach((seq) => order.take(event(seq), 0));
    assert.deepEqual(applied, [1, 2, 3, 4]);
  }
});

test("what is missing for a second is late; asking gives it another", () => {
  const order = new Order(0, () => undefined);
  order.know(1, 5_000);
  assert.deepEqual([order.isLate(5_900), order.isLate(6_000)], [false, true]);
  order.asked(6_000);
  assert.deepEqual([order.isLate(6_900), order.isBehind(6_900)], [false, true]);
  order.take(event(1), 6_950);
  assert.deepEqual([order.isLate(9_000), order.isBehind(9_000)], [false, false]);
});
