// Builds what a page loads into dist/: main.js, theme.js (runs before the first paint) and
// app.css. `--watch` builds again on every change.
// Hashes in file names are Django's task (collectstatic), so names here stay plain.

import { rm } from "node:fs/promises";
import * as esbuild from "esbuild";

const common = {
  outdir: "dist",
  bundle: true,
  minify: true,
  sourcemap: true,
  legalComments: "linked",
  logLevel: "warning",
};

const builds = [
  { ...common, entryPoints: ["src/main.ts"], format: "esm", target: ["es2022"] },
  { ...common, entryPoints: ["src/theme.ts"], format: "iife", target: ["es2022"] },
  {
    ...common,
    entryPoints: ["css/app.css"],
    // Files stay where they are: ../fonts is the same place seen from css/ and from dist/.
    external: ["../fonts/*", "../img/*"],
    target: ["chrome110", "firefox115", "safari16"],
  },
];

if (process.argv.includes("--watch")) {
  for (const build of builds) await (await esbuild.context(build)).watch();
} else {
  await rm("dist", { recursive: true, force: true });
  for (const build of builds) await esbuild.build(build);
}
