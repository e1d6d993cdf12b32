import assert from "node:assert/strict";
import { test } from "node:test";
import { reduce, RESTING, waitAfter, type Happening, type State } from "./connection.ts";

const lost = (code = 1006): Happening => ({ kind: "lost", code, chance: 1 });

function after(...happenings: Happening[]): State {
  return happenings.reduce((state, happening) => reduce(state, happening)[0], RESTING);
}

test("a wanted connection is opened once", () => {
  const [state, deeds] = reduce(RESTING, { kind: "wanted" });
  assert.deepEqual(deeds, [{ kind: "connect" }]);
  assert.deepEqual(reduce(state, { kind: "wanted" }), [state, []]);
});

test("once open, what may have been missed is asked for", () => {
  const [state, deeds] = reduce(after({ kind: "wanted" }), { kind: "opened" });
  assert.equal(state.phase, "open");
  assert.deepEqual(deeds, [{ kind: "ask", often: false }]);
});

test("a lost connection waits, asks meanwhile, and tries again", () => {
  const open = after({ kind: "wanted" }, { kind: "opened" });
  const [waiting, deeds] = reduce(open, lost());
  assert.deepEqual(deeds, [{ kind: "wait", ms: 500 }, { kind: "ask", often: true }]);
  assert.deepEqual(reduce(waiting, { kind: "waited" })[1], [{ kind: "connect" }]);
});

test("each failure in a row waits longer, up to a limit", () => {
  const waits = [1, 2, 3, 4, 9].map((failures) => waitAfter(failures, 1));
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 20_000]);
  assert.equal(waitAfter(9, 0), 10_000);
});

test("an opened connection forgets earlier failures", () => {
  const state = after({ kind: "wanted" }, lost(), { kind: "waited" }, { kind: "opened" });
  assert.equal(state.failures, 0);
});

test("who has missed too much fetches the page, and then connects", () => {
  const [torn, deeds] = reduce(after({ kind: "wanted" }, { kind: "opened" }), lost(4408));
  assert.deepEqual(deeds, [{ kind: "mend" }]);
  assert.deepEqual(reduce(torn, { kind: "waited" }), [torn, []]);
  const [waiting, next] = reduce(torn, { kind: "mended", chance: 1 });
  assert.deepEqual(next, [{ kind: "wait", ms: 500 }]);
  assert.deepEqual(reduce(waiting, { kind: "waited" })[1], [{ kind: "connect" }]);
});

test("who said too much waits ten seconds", () => {
  const [, deeds] = reduce(after({ kind: "wanted" }, { kind: "opened" }), lost(4429));
  assert.deepEqual(deeds[0], { kind: "wait", ms: 10_000 });
});

test("another listener gets a line of its own where one is open, and the one that is coming otherwise", () => {
  const open = after({ kind: "wanted" }, { kind: "opened" });
  assert.deepEqual(reduce(open, { kind: "given" })[1], [{ kind: "connect" }]);
  const connecting = after({ kind: "wanted" });
  assert.deepEqual(reduce(connecting, { kind: "given" }), [connecting, []]);
});

test("whose name is another person's loads the page anew, once", () => {
  const open = after({ kind: "wanted" }, { kind: "opened" });
  const [refused, deeds] = reduce(open, lost(4409));
  assert.deepEqual(deeds, [{ kind: "renew" }]);
  assert.deepEqual(reduce(refused, lost()), [refused, []]);
});

test("a refusal is final", () => {
  const refused = after({ kind: "wanted" }, { kind: "opened" }, lost(4404));
  assert.equal(refused.phase, "refused");
  for (const next of [{ kind: "waited" }, lost(), { kind: "wanted" }] as const) {
    assert.deepEqual(reduce(refused, next), [refused, []]);
  }
});
