// When the draft has changed, the reader is told, and shown it on asking: a text that moves under
// one's eyes cannot be read.

import { onClick } from "../dom.ts";
import { listen } from "../live/socket.ts";
import { refresh } from "./views.ts";

function notice(): HTMLElement | null {
  return document.getElementById("news");
}

function tell(): void {
  const place = notice();
  const words = place?.querySelector("span");
  if (!place || !words) return;
  words.textContent = document.getElementById("room")?.dataset["sayChanged"] ?? "";
  place.hidden = false;
}

export function start(): void {
  const path = document.getElementById("room")?.dataset["live"];
  if (!path) return;
  listen(path, {
    hint: (hint) => {
      // Issuing freezes the text and leaves it as it is.
      if (hint.kind === "happened" && hint.what !== "revision.issued") tell();
    },
    ask: () => undefined,
  });
  onClick("#news a", (_link, event) => {
    event.preventDefault();
    const place = notice();
    if (place) place.hidden = true;
    refresh();
  });
}
