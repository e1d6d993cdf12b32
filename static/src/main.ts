// Wires the behaviours to the page. Each finds its own elements by what `data-` says, and does
// nothing on a page without them.

import * as brackets from "./behaviours/brackets.ts";
import * as confirm from "./behaviours/confirm.ts";
import * as history from "./behaviours/history.ts";
import * as keys from "./behaviours/keys.ts";
import * as layout from "./behaviours/layout.ts";
import * as links from "./behaviours/links.ts";
import * as news from "./behaviours/news.ts";
import * as notes from "./behaviours/notes.ts";
import * as outline from "./behaviours/outline.ts";
import * as papers from "./behaviours/papers.ts";
import * as report from "./behaviours/report.ts";
import * as theme from "./behaviours/theme.ts";
import * as upload from "./behaviours/upload.ts";
import * as views from "./behaviours/views.ts";
import * as walk from "./behaviours/walk.ts";

const everywhere = [theme, confirm];
const room = [layout, outline, brackets, notes, walk, links, views, history, keys, news];
const pages = [upload, report, papers];
for (const behaviour of [...everywhere, ...room, ...pages]) behaviour.start();
