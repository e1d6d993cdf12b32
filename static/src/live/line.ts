// The open line to a draft: does what the reducer says, and tells one listener what comes.
//
// - The server says something every second; a line that is silent for longer is down, whatever the
//   browser thinks of it.
// - The listener may be changed: the line is then opened anew under the new one's hello.

import { now } from "../clock.ts";
import { reduce, RESTING, type Deed, type Happening } from "./connection.ts";
import type { Hello, Said, Told } from "./messages.ts";

const SILENCE_MS = 6_000;
const GONE = 1006; // what browsers say of a line that broke

/** Who listens on the line. */
export interface Ear {
  hello(): Hello;
  heard(message: Told): void;
  down(refused: boolean): void;
  /** The page was fetched afresh, as it is after event `seq`. */
  jump(seq: number): void;
}

export interface Line {
  say(message: Said): void;
  /** Hands the line to somebody else, who says hello for themselves. */
  give(ear: Ear): void;
  /** Called when too much was missed; the page is fetched, then the line goes on from its seq. */
  onTorn(mend: () => Promise<number>): void;
  /** Called when another person has signed in under this page. */
  onTaken(renew: () => void): void;
}

export function openLine(path: string, first: Ear): Line {
  let state = RESTING;
  let ear = first;
  let socket: WebSocket | null = null;
  let lastWord = 0;
  let mend: () => Promise<number> = () => Promise.resolve(0);
  let renew: () => void = () => undefined;

  const happen = (happening: Happening): void => {
    const [next, deeds] = reduce(state, happening);
    state = next;
    if (happening.kind === "lost") ear.down(state.phase === "refused");
    deeds.forEach(act);
  };
  const act = (deed: Deed): void => {
    if (deed.kind === "connect") connect();
    if (deed.kind === "wait") setTimeout(() => happen({ kind: "waited" }), deed.ms);
    if (deed.kind === "mend") void mended();
    if (deed.kind === "renew") renew();
  };
  const mended = async (): Promise<void> => {
    const seq = await mend().catch(() => 0); // not reachable: the server will say it again
    ear.jump(seq);
    happen({ kind: "mended", chance: Math.random() });
  };
  const lost = (code: number): void => {
    const own = socket;
    socket = null;
    own?.close();
    happen({ kind: "lost", code, chance: Math.random() });
  };
  const connect = (): void => {
    const own = new WebSocket(address(path));
    socket?.close();
    socket = own;
    own.onopen = () => {
      if (socket !== own) return;
      lastWord = now();
      happen({ kind: "opened" });
      own.send(JSON.stringify(ear.hello()));
    };
    own.onclose = (event) => {
      if (socket === own) lost(event.code);
    };
    own.onmessage = (event: MessageEvent<unknown>) => {
      if (socket !== own) return;
      lastWord = now();
      const told = typeof event.data === "string" ? decode(event.data) : null;
      if (told) ear.heard(told);
    };
  };

  setInterval(() => {
    if (state.phase === "open" && now() - lastWord > SILENCE_MS) lost(GONE);
  }, 1_000);
  addEventListener("offline", () => {
    if (state.phase === "open") lost(GONE);
  });
  addEventListener("online", () => happen({ kind: "waited" }));
  happen({ kind: "wanted" });

  return {
    say: (message) => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    give: (next) => {
      ear = next;
      if (state.phase === "refused") next.down(true);
      happen({ kind: "given" });
    },
    onTorn: (act) => {
      mend = act;
    },
    onTaken: (act) => {
      renew = act;
    },
  };
}

function address(path: string): string {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

/** A frame with a tag; what it holds is the server's word. */
export function decode(text: string): Told | null {
  try {
    const told: unknown = JSON.parse(text);
    const isFrame = typeof told === "object" && told !== null && "t" in told;
    return isFrame && typeof told.t === "string" ? (told as Told) : null;
  } catch {
    return null;
  }
}
