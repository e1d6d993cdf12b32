/*
 * Hocuspocus with one document in memory: `node server.mjs <port> <file of paragraphs>`.
 *
 * - As it comes, apart from what is said here: no extension keeps anything, nothing is logged, and
 *   a reader who says nothing (a page would tell its caret) is not taken for gone.
 * - The document is what an editor makes of such a text: an element a paragraph, a text in each.
 * - `/paragraphs` tells the words of each as they are now, and whose their first letter is: the bench
 *   asks before and after what it measures, so the document stays when the last page has gone.
 */

import { readFileSync } from "node:fs";

import { Server } from "@hocuspocus/server";
import * as Y from "yjs";

const NAME = "draft";
const FRAGMENT = "default";
const AN_HOUR = 3_600_000; // milliseconds

const [port, file] = process.argv.slice(2);

function seeded(paragraphs) {
  const document = new Y.Doc();
  const elements = paragraphs.map((words) => {
    const element = new Y.XmlElement("paragraph");
    element.insert(0, [new Y.XmlText(words)]);
    return element;
  });
  document.getXmlFragment(FRAGMENT).insert(0, elements);
  return document;
}

function told(document) {
  return document.getXmlFragment(FRAGMENT).toArray().map((element) => {
    const text = element.get(0);
    const { client, clock } = Y.createRelativePositionFromTypeIndex(text, 0).item;
    return { words: text.toString(), first: [client, clock] };
  });
}

const server = new Server({
  port: Number(port),
  address: "127.0.0.1",
  quiet: true,
  stopOnSignals: false, // a signal ends it: there is nothing to save
  timeout: AN_HOUR,
  async onLoadDocument() {
    return seeded(JSON.parse(readFileSync(file, "utf8")));
  },
  async onRequest({ request, response, instance }) {
    if (request.url !== "/paragraphs") return;
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(told(instance.documents.get(NAME))));
    throw null; // answered
  },
});

await server.hocuspocus.openDirectConnection(NAME);
await server.listen();
