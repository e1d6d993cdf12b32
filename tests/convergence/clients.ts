// Runs trials of the real client; the authority is asked by lines on standard output and input.
//
//   node clients.ts '{"seeds": [1, 2], "clients": 5, "rounds": 500, "fault": ""}'
//
// A line {"ask": ...} wants one line in answer; {"told": ...} is a trial that is over.

import process from "node:process";
import { createInterface } from "node:readline";
import type { Commit, Happened, OptionText, Told } from "../../static/src/live/messages.ts";
import type { Answered, Authority } from "../../static/src/writing/trial/authority.ts";
import { FAULTS } from "../../static/src/writing/trial/faults.ts";
import { run } from "../../static/src/writing/trial/trial.ts";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

process.stdout.on("error", () => process.exit()); // nobody listens any more

function tell(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

async function ask<Answer>(name: string, about: object = {}): Promise<Answer> {
  tell({ ask: name, ...about });
  const { value } = await lines.next();
  if (value === undefined) throw new Error("The authority has gone.");
  return JSON.parse(value) as Answer;
}

const you = { name: "", part: "chair", for: "", writes: "direct", acts: [], own: [], may_write_for: [] } as const;

const authority: Authority = {
  hello: async (seq) => {
    const missed = await authority.since(seq);
    const last = missed.at(-1);
    const head = last?.t === "event" ? last.seq : seq;
    return [{ t: "welcome", seq: head, sid: "s", you, mid: -1 }, ...missed];
  },
  since: (seq) => ask<readonly Told[]>("since", { seq }),
  read: (option) => ask<OptionText>("read", { option }),
  commit: (client, commit: Commit) => ask<Answered>("commit", { client, commit }),
  lock: (option, locked) => ask<readonly Happened[]>("lock", { option, locked }),
  restart: () => ask<void>("restart"),
  log: () => authority.since(0),
  replay: () => ask<readonly string[]>("replay"),
};

async function trial(seed: number, clients: number, rounds: number): Promise<object> {
  const begun = performance.now();
  try {
    await ask("begin", { seed });
    const told = await run({ seed, clients, rounds, options: ["o1", "o2"] }, authority);
    return { ...told, seed, seconds: (performance.now() - begun) / 1000 };
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { seed, faults: [what], seconds: (performance.now() - begun) / 1000 };
  }
}

interface Task {
  readonly seeds: readonly number[];
  readonly clients: number;
  readonly rounds: number;
  readonly fault: string; // of `faults.ts`, "" for none
}

const task = JSON.parse(process.argv[2] ?? "{}") as Task;
if (task.fault) FAULTS[task.fault]?.();
for (const seed of task.seeds) tell({ told: await trial(seed, task.clients, task.rounds) });
process.exit();
