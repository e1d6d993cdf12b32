// Bundles src/main.ts into dist/main.js. `--watch` builds again on every change.
// Hashes in file names are Django's task (collectstatic), so names here stay plain.

import { rm } from "node:fs/promises";
import * as esbuild from "esbuild";

const options = {
  entryPoints: ["src/main.ts"],
  outdir: "dist",
  bundle: true,
  format: "esm",
  target: ["es2022"],
  minify: true,
  sourcemap: true,
  legalComments: "linked",
  logLevel: "warning",
};

if (process.argv.includes("--watch")) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  await rm("dist", { recursive: true, force: true });
  await esbuild.build(options);
}
