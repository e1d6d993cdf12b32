// Wires the behaviours to the page. Each finds its own elements by what `data-` says, and does
// nothing on a page without them.

import * as brackets from "./behaviours/brackets.ts";
import * as history from "./behaviours/history.ts";
import * as keys from "./behaviours/keys.ts";
import * as layout from "./behaviours/layout.ts";
import * as links from "./behaviours/links.ts";
import * as notes from "./behaviours/notes.ts";
import * as outline from "./behaviours/outline.ts";
import * as theme from "./behaviours/theme.ts";
import * as views from "./behaviours/views.ts";
import * as walk from "./behaviours/walk.ts";

const behaviours = [theme, layout, outline, brackets, notes, walk, links, views, history, keys];
for (const behaviour of behaviours) behaviour.start();
