// Wires the behaviours to the page. Each finds its own elements by what `data-` says, and does
// nothing on a page without them.

import * as brackets from "./behaviours/brackets.ts";
import * as came from "./behaviours/came.ts";
import * as checks from "./behaviours/checks.ts";
import * as confirm from "./behaviours/confirm.ts";
import * as consolidation from "./behaviours/consolidation.ts";
import * as furnishing from "./behaviours/furnishing.ts";
import * as history from "./behaviours/history.ts";
import * as keys from "./behaviours/keys.ts";
import * as layout from "./behaviours/layout.ts";
import * as lent from "./behaviours/lent.ts";
import * as letters from "./behaviours/letters.ts";
import * as links from "./behaviours/links.ts";
import * as live from "./behaviours/live.ts";
import * as menu from "./behaviours/menu.ts";
import * as near from "./behaviours/near.ts";
import * as notes from "./behaviours/notes.ts";
import * as outline from "./behaviours/outline.ts";
import * as papers from "./behaviours/papers.ts";
import * as people from "./behaviours/people.ts";
import * as report from "./behaviours/report.ts";
import * as settle from "./behaviours/settle.ts";
import * as shown from "./behaviours/shown.ts";
import * as standing from "./behaviours/standing.ts";
import * as table from "./behaviours/table.ts";
import * as floor from "./floor/floor.ts";
import * as theme from "./behaviours/theme.ts";
import * as tray from "./behaviours/tray.ts";
import * as unfold from "./behaviours/unfold.ts";
import * as upload from "./behaviours/upload.ts";
import * as viewport from "./behaviours/viewport.ts";
import * as views from "./behaviours/views.ts";
import * as walk from "./behaviours/walk.ts";
import * as waiting from "./behaviours/waiting.ts";
import * as ways from "./behaviours/ways.ts";
import * as whom from "./behaviours/whom.ts";
import * as write from "./behaviours/write.ts";

const everywhere = [theme, confirm, waiting, ways];
const room = [viewport, unfold, layout, outline, brackets, notes, walk, links, views, history, keys];
// The line is opened last: who listens on it must be there before it speaks.
const writing = [shown, near, standing, whom, people, furnishing, write, menu, lent, settle, tray, live];
const pages = [upload, report, papers, came, consolidation, letters, floor, checks];
const atTable = [table];
for (const behaviour of [...everywhere, ...room, ...atTable, ...writing, ...pages]) behaviour.start();
