// Does what the reducer says: opens the socket, waits, asks. Knows no page.

import { reduce, RESTING, type Deed, type Happening } from "./connection.ts";
import { decode, type Hint } from "./hints.ts";

const ASK_OFTEN_MS = 4_000;
const ASK_SELDOM_MS = 30_000; // with a socket: only for a last hint that was lost

export interface Listener {
  hint(hint: Hint): void;
  /** Fetch what may have been missed. */
  ask(): void;
}

/** Listens on `path` ("/ws/drafts/..."), until the page goes. An empty path only asks. */
export function listen(path: string, listener: Listener): void {
  let state = RESTING;
  let asking = 0;

  const happen = (happening: Happening): void => {
    const [next, deeds] = reduce(state, happening);
    state = next;
    deeds.forEach(act);
  };
  const act = (deed: Deed): void => {
    switch (deed.kind) {
      case "connect":
        connect();
        break;
      case "wait":
        setTimeout(() => happen({ kind: "waited" }), deed.ms);
        break;
      case "ask":
        pace(deed.often ? ASK_OFTEN_MS : ASK_SELDOM_MS);
        break;
      case "renew": // who only hears hints has no name
        break;
      case "mend":
        happen({ kind: "mended", chance: Math.random() }); // who only hears hints misses nothing
    }
  };
  const pace = (ms: number): void => {
    clearInterval(asking);
    listener.ask();
    asking = setInterval(() => {
      if (document.visibilityState === "visible") listener.ask();
    }, ms);
  };
  const connect = (): void => {
    const socket = new WebSocket(address(path));
    socket.onopen = () => happen({ kind: "opened" });
    socket.onclose = (event) => happen({ kind: "lost", code: event.code, chance: Math.random() });
    socket.onmessage = (event: MessageEvent<unknown>) => {
      const hint = typeof event.data === "string" ? decode(event.data) : null;
      if (hint) listener.hint(hint);
    };
  };

  if (path) happen({ kind: "wanted" });
  else pace(ASK_OFTEN_MS);
}

function address(path: string): string {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
