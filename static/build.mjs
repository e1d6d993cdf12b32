// Bundles the front end into dist/. `--watch` builds again on every change.
//
// base.html loads exactly three of them: main.js (a module, deferred), theme.js (classic and tiny,
// before the first paint) and app.css; the admin loads admin.css. main.js fetches the others. Hashes in names are Django's
// task (collectstatic), so names here stay plain; fonts and pictures stay where they are.

import { mkdir, readdir, rm } from "node:fs/promises";
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

// The folder itself stays: a server that runs has it open.
await mkdir("dist", { recursive: true });
for (const name of await readdir("dist")) {
  await rm(`dist/${name}`, { recursive: true });
}

if (process.argv.includes("--watch")) {
  for (const bundle of bundles) {
    await (await esbuild.context(bundle)).watch();
  }
} else {
  await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
}
