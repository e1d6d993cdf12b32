// The modules lean one way: none imports what imports it, however far around.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";

const HOUSE = import.meta.dirname;
const IMPORT = /^(?:import|export|\}) [^;]*?from "(\.[^"]+)"/gmu;

function modules(): string[] {
  const names = readdirSync(HOUSE, { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
}

function leansOn(name: string): string[] {
  const words = readFileSync(join(HOUSE, name), "utf8");
  return [...words.matchAll(IMPORT)].map(([, path = ""]) => join(dirname(name), path));
}

/** The first circle that is met, as a way back to where it began. */
function circle(ties: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const walk = (name: string, way: readonly string[]): readonly string[] | null => {
    const before = way.indexOf(name);
    if (before >= 0) return [...way.slice(before), name];
    if (done.has(name)) return null;
    for (const next of ties.get(name) ?? []) {
      const found = walk(next, [...way, name]);
      if (found) return found;
    }
    done.add(name);
    return null;
  };
  return [...ties.keys()].reduce<readonly string[] | null>((found, name) => found ?? walk(name, []), null);
}

test("no module leans on what leans on it", () => {
  const ties = new Map(modules().map((name) => [name, leansOn(name)]));
  assert.ok([...ties.values()].flat().length > 300, `${relative(process.cwd(), HOUSE)} was read`);
  assert.equal(circle(ties), null);
});

test("a circle is found, however wide", () => {
  const ties = new Map([["a", ["b"]], ["b", ["c", "d"]], ["c", []], ["d", ["b"]]]);
  assert.deepEqual(circle(ties), ["b", "d", "b"]);
  assert.equal(circle(new Map([["a", ["b"]], ["b", []]])), null);
});
