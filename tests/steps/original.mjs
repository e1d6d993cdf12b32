// The original of the engine, to compare ours with: one question a line, one answer a line.
//
// - What the original throws on and what it tells as failed are alike here: the step does not fit.
// - Of a rebase the steps are taken, and the text is what everybody else makes of them. The text
//   under the person's own hands may differ: undoing a mark step takes the mark also from words
//   that had it before, so going back and forth over it is not exact.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { crc32 } from "node:zlib";

const [, , packages, schemaFile] = process.argv;
const require = createRequire(packages);
const { Node, Schema } = require("prosemirror-model");
const { Mapping, ReplaceStep, Step, StepMap, StepResult, Transform } = require("prosemirror-transform");
const { rebaseSteps } = require("prosemirror-collab");

const schema = new Schema(JSON.parse(readFileSync(schemaFile, "utf8")));

// The one thing in which we differ: what only inserts never deletes.
const moved = ReplaceStep.prototype.map;
ReplaceStep.prototype.map = function map(mapping) {
  const { from, to, slice, structure } = moved.call(this, mapping) ?? {};
  if (from === undefined) return null;
  return new ReplaceStep(this.from === this.to ? to : from, to, slice, structure);
};

class Patient extends Transform {
  maybeStep(step) {
    try {
      return super.maybeStep(step);
    } catch (error) {
      return StepResult.fail(error.message);
    }
  }
}

const sorted = (value) => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
};

const told = (doc) => {
  doc.check();
  const text = JSON.stringify(sorted(doc.toJSON()));
  return { text, sum: crc32(text) };
};

const questions = {
  apply({ doc, steps }) {
    const change = new Patient(Node.fromJSON(schema, doc));
    for (const step of steps) {
      if (change.maybeStep(Step.fromJSON(schema, step)).failed) return { failed: true };
    }
    return { ...told(change.doc), steps: change.steps.map((step) => step.toJSON()) };
  },

  invert({ doc, steps }) {
    const change = new Transform(Node.fromJSON(schema, doc));
    for (const step of steps) change.step(Step.fromJSON(schema, step));
    return { steps: change.steps.map((step, i) => step.invert(change.docs[i]).toJSON()) };
  },

  map({ maps, mirrors, since, positions }) {
    const mapping = new Mapping(maps.map((ranges) => new StepMap(ranges)));
    for (const [one, other] of mirrors) mapping.setMirror(one, other);
    const part = mapping.slice(since);
    return positions.flatMap((position) =>
      [-1, 1].map((side) => {
        const result = part.mapResult(position, side);
        return [result.pos, result.deleted, result.deletedAfter, result.deletedAcross];
      }),
    );
  },

  rebase({ doc, own, over }) {
    const made = new Transform(Node.fromJSON(schema, doc));
    for (const step of own) made.step(Step.fromJSON(schema, step));
    const inverted = (step, i) => ({ step, inverted: step.invert(made.docs[i]), origin: i });
    const mine = made.steps.map(inverted);
    const change = new Patient(made.doc);
    const missed = over.map((step) => Step.fromJSON(schema, step));
    const kept = rebaseSteps(mine, missed, change);
    const seen = new Transform(Node.fromJSON(schema, doc));
    for (const step of [...missed, ...kept.map((each) => each.step)]) seen.step(step);
    return {
      ...told(seen.doc),
      kept: kept.map((each) => each.origin),
      steps: kept.map((each) => each.step.toJSON()),
    };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...rest } = JSON.parse(line);
  let answer;
  try {
    answer = questions[ask](rest);
  } catch (error) {
    answer = { failed: true, error: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
