// Runs before the first paint: what a reader chose last time must not flash in later.

import { applied, stored } from "./preferences.ts";

const root = document.documentElement;
root.classList.add("js");
applied(root, stored());
