// What stands around an editor: its keys, its tools and its menu.

import { openMenu } from "./menu.ts";
import { structureOf } from "./structure.ts";
import { attachTools } from "./tools.ts";
import { furnish } from "./write.ts";

export function start(): void {
  furnish({ structureOf, attachTools, openMenu });
}
