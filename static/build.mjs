// Bundles the front end into dist/. `--watch` builds again on every change.
//
// base.html loads exactly three of them: main.js (a module, deferred), theme.js (classic and tiny,
// before the first paint) and app.css; the admin loads admin.css. main.js fetches the others. Hashes in names are Django's
// task (collectstatic), so names here stay plain; fonts and pictures stay where they are.

import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import * as esbuild from "esbuild";

const shared = {
  outdir: "dist",
  bundle: true,
  minify: true,
  sourcemap: true,
  legalComments: "linked",
  logLevel: "warning",
};

const bundles = [
  // What only writers need is a chunk of its own, fetched when one first writes.
  {
    ...shared,
    entryPoints: ["src/main.ts"],
    format: "esm",
    target: "es2022",
    splitting: true,
    chunkNames: "[name]-[hash]",
  },
  { ...shared, entryPoints: ["src/theme.ts"], format: "iife", target: "es2022" },
  {
    ...shared,
    entryPoints: ["css/app.css", "css/admin.css"],
    external: ["../fonts/*", "../img/*"],
    target: ["chrome110", "firefox115", "safari16"],
  },
];

// The folder stays, and what is in it is replaced name by name: a server that runs has it open, and
// a page that loads meanwhile gets the old or the new, never nothing.
await mkdir("dist", { recursive: true });
await rm("dist/.stamp", { force: true }); // what dist was built from is no longer known

if (process.argv.includes("--watch")) {
  for (const name of await readdir("dist")) await rm(`dist/${name}`, { recursive: true });
  for (const bundle of bundles) {
    await (await esbuild.context(bundle)).watch();
  }
} else {
  const built = await Promise.all(
    bundles.map((bundle) => esbuild.build({ ...bundle, write: false })),
  );
  const files = built.flatMap(({ outputFiles }) => outputFiles).map(named).sort(entriesLast);
  for (const { name, contents } of files) await put(name, contents);
  const kept = new Set(files.map(({ name }) => name));
  for (const name of await readdir("dist")) {
    const passing = name.startsWith("."); // half a file of another build that runs
    if (!passing && !kept.has(name)) await rm(`dist/${name}`, { recursive: true, force: true });
  }
}

function named({ path, contents }) {
  return { name: basename(path), contents };
}

/** Chunks before the file that fetches them. */
function entriesLast(one, other) {
  return Number(one.name === "main.js") - Number(other.name === "main.js");
}

/** Under a name of its own first, so that nobody reads half a file. */
async function put(name, contents) {
  const half = `dist/.${name}.${process.pid}`;
  await writeFile(half, contents);
  await rename(half, `dist/${name}`);
}
