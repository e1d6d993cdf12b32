// Five clients and a small authority in memory, over a bad network. The real authority has the same
// trials in `tests/convergence`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { MemoryAuthority } from "./trial/authority.ts";
import { FAULTS } from "./trial/faults.ts";
import { paragraphs, run, type Told } from "./trial/trial.ts";

async function trial(seed: number, rounds: number): Promise<Told> {
  const contents = {
    o1: paragraphs("all gauges that stand in the harbour", "are read each day"),
    o2: paragraphs("the lamps"),
  };
  const plan = { seed, clients: 5, rounds, options: ["o1", "o2"] };
  return run(plan, new MemoryAuthority(contents));
}

test("nothing acknowledged is lost or doubled, and everybody has the same", async () => {
  for (let seed = 1; seed <= 4; seed++) {
    const { faults, acked } = await trial(seed, 200);
    assert.deepEqual(faults, [], `seed ${seed}`);
    assert.ok(acked > 100);
  }
});

test("a trial goes the same way each time", async () => {
  assert.deepEqual(await trial(5, 100), await trial(5, 100));
});

/** Those that a few short trials find; the others want thousands of rounds. */
const RARE = new Set(["a batch is sent before it is kept", "what lands late stays in the tray"]);

for (const [name, plant] of Object.entries(FAULTS)) {
  if (RARE.has(name)) continue;
  test(`a planted fault is found: ${name}`, async () => {
    const undo = plant();
    try {
      assert.ok(await isFound());
    } finally {
      undo();
    }
  });
}

async function isFound(): Promise<boolean> {
  for (let seed = 1; seed <= 8; seed++) {
    try {
      if ((await trial(seed, 120)).faults.length > 0) return true;
    } catch {
      return true; // the client fell over
    }
  }
  return false;
}
