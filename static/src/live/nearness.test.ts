import assert from "node:assert/strict";
import { test } from "node:test";
import { Nearness } from "./nearness.ts";
import type { Happened } from "./messages.ts";

function typed(provision: string): Pick<Happened, "data"> {
  return { data: { option: "o1", provision, version: 1, steps: [], keys: [], sum: 0 } };
}

const isHere = (): boolean => true;

function acted(provisions: readonly string[], removed: readonly string[] = []): Pick<Happened, "data"> {
  return { data: { provisions, options: [], removed } };
}

test("what is near is told once, and again only when it changes", () => {
  const page = new Nearness();
  page.look(["p1", "p2"]);
  assert.deepEqual(page.due(0, isHere), { near: ["p1", "p2"], stale: [] });
  assert.equal(page.due(10, isHere), null);
  page.look(["p2", "p3"]);
  assert.deepEqual(page.due(20, isHere), { near: ["p2", "p3"], stale: [] });
});

test("what changed while it was far is asked for when it comes near", () => {
  const page = new Nearness();
  page.look(["p1"]);
  page.due(0, isHere);
  page.happened(typed("p9"), 10);
  assert.equal(page.due(9_000, isHere), null);
  page.look(["p8", "p9"]);
  assert.deepEqual(page.due(9_010, isHere), { near: ["p8", "p9"], stale: ["p9"] });
});

test("what is near is left to come by itself, and asked for when it does not", () => {
  const page = new Nearness();
  page.look(["p1"]);
  page.due(0, isHere);
  page.happened(typed("p1"), 100);
  assert.equal(page.due(2_000, isHere), null);
  assert.deepEqual(page.due(3_200, isHere), { near: ["p1"], stale: ["p1"] });
  assert.equal(page.due(4_000, isHere), null);
  page.shown({ provision: "p1" });
  assert.equal(page.due(60_000, isHere), null);
});

test("after a loss the server is told again", () => {
  const page = new Nearness();
  page.look(["p1"]);
  page.due(0, isHere);
  page.forgotten();
  assert.deepEqual(page.due(10, isHere), { near: ["p1"], stale: [] });
});

test("a page fetched anew lacks nothing", () => {
  const page = new Nearness();
  page.happened(typed("p1"), 0);
  page.fetched();
  page.look(["p1"]);
  assert.deepEqual(page.due(9_000, isHere), { near: ["p1"], stale: [] });
});

test("no more is told than the server takes", () => {
  const page = new Nearness();
  page.look(Array.from({ length: 300 }, (_, n) => `p${n + 1}`));
  assert.equal(page.due(0, isHere)?.near.length, 100);
});

test("what came or went while one was away is asked for, wherever it stands", () => {
  const page = new Nearness();
  const here = (key: string): boolean => ["p1", "p7"].includes(key);
  page.look(["p1"]);
  page.due(0, here);
  page.happened(acted(["p8"]), 100);
  page.happened(acted([], ["p7", "o17"]), 100);
  assert.equal(page.due(1_000, here), null);
  assert.deepEqual(page.due(1_700, here), { near: ["p8", "p7", "p1"], stale: ["p8", "p7"] });
  page.shown({ provision: "p8" });
  page.shown({ provision: "p7" });
  assert.deepEqual(page.due(9_000, (key) => key !== "p7"), { near: ["p1"], stale: [] });
});

test("what came and went again meanwhile is not missed", () => {
  const page = new Nearness();
  page.happened(acted(["p8"]), 100);
  page.happened(acted([], ["p8"]), 200);
  page.look(["p1"]);
  assert.deepEqual(page.due(9_000, (key) => key === "p1"), { near: ["p1"], stale: [] });
});
