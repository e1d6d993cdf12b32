// What a reader and a desk tell the page alike: each as it comes, to whoever wants it.

import type * as wire from "../live/messages.ts";
import type { Saying } from "./contract.ts";
import { Listeners } from "./listeners.ts";
import { People } from "./people.ts";

export class Telling {
  protected readonly people = new People();
  protected readonly sayings = new Listeners<Saying>();
  protected readonly welcomes = new Listeners<wire.You>();
  protected readonly events = new Listeners<wire.Happened>();
  protected readonly shown = new Listeners<wire.Shown>();
  protected readonly outlines = new Listeners<wire.Outlined>();

  /** What is told on as it comes. */
  protected pass(message: wire.Told): void {
    switch (message.t) {
      case "shown":
        this.shown.tell(message);
        break;
      case "outlined":
        this.outlines.tell(message);
        break;
      case "who":
      case "who_changed":
      case "who_left":
        this.people.heard(message);
        break;
      default: // the rest is the listener's own, or nobody's
    }
  }

  onSaying(take: (saying: Saying) => void): () => void {
    return this.sayings.add(take);
  }

  onWelcome(take: (you: wire.You) => void): () => void {
    return this.welcomes.add(take);
  }

  onEvent(take: (event: wire.Happened) => void): () => void {
    return this.events.add(take);
  }

  onShown(take: (shown: wire.Shown) => void): () => void {
    return this.shown.add(take);
  }

  onOutlined(take: (outlined: wire.Outlined) => void): () => void {
    return this.outlines.add(take);
  }

  onPeople(take: (people: readonly wire.Person[]) => void): () => void {
    return this.people.changes.add(take);
  }
}
