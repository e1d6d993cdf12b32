// Who is here, as the server tells it. Nobody is known while the line is down.

import type { Person, WhoChanged, WhoIsHere, WhoLeft } from "../live/messages.ts";
import { Listeners } from "./listeners.ts";

export class People {
  readonly changes = new Listeners<readonly Person[]>();
  private readonly here = new Map<string, Person>();

  heard(message: WhoIsHere | WhoChanged | WhoLeft): void {
    if (message.t === "who") this.here.clear();
    const came = message.t === "who" ? message.people : message.t === "who_changed" ? [message.person] : [];
    for (const person of came) this.here.set(person.sid, person);
    if (message.t === "who_left") this.here.delete(message.sid);
    this.changes.tell([...this.here.values()]);
  }

  clear(): void {
    this.here.clear();
    this.changes.tell([]);
  }
}
