// Faults that a client could have, to see that the trials find them. Each is planted for a while.

import { ReplaceStep, type Step } from "prosemirror-transform";
import { Keeper } from "../keeper.ts";
import { Order } from "../order.ts";
import { Outbox } from "../outbox.ts";
import { Sheet } from "../sheet.ts";
import { Tray } from "../tray.ts";

type Undo = () => void;
type Method = (...args: never[]) => unknown;

/** Puts another method in the place of one; gives the function that puts it back. */
function instead(prototype: object, name: string, make: (real: Method) => Method): Undo {
  const methods = prototype as Record<string, Method>;
  const real = methods[name];
  if (!real) throw new Error(`There is no ${name}.`);
  methods[name] = make(real);
  return () => {
    methods[name] = real;
  };
}

export const FAULTS: Readonly<Record<string, () => Undo>> = {
  "own steps are not rebased": () =>
    instead(ReplaceStep.prototype, "map", () => function (this: Step) {
      return this;
    }),
  "a resend has a new mid": () =>
    instead(Outbox.prototype, "commit", (real) => function (this: Outbox, sheet: Sheet) {
      const { text } = sheet;
      if (text?.flight && sheet.tries > 0) {
        const mid = (this as unknown as { needs: { nextMid(): number } }).needs.nextMid();
        sheet.text = { ...text, flight: { ...text.flight, mid } };
        sheet.safe = mid;
      }
      return real.call(this, sheet as never);
    }),
  "a lost request is never sent again": () =>
    instead(Outbox.prototype, "commit", (real) => function (this: Outbox, sheet: Sheet) {
      return sheet.tries > 0 ? undefined : real.call(this, sheet as never);
    }),
  "a batch is sent before it is kept": () =>
    instead(Keeper.prototype, "now", (real) => function (this: Keeper) {
      void real.call(this);
      return Promise.resolve();
    }),
  "an own batch that comes back is taken for another's": () =>
    instead(Sheet.prototype, "isInFlight", () => () => false),
  "events are taken as they come": () =>
    instead(Order.prototype, "take", () => function (this: Order, event: { seq: number }) {
      if (event.seq <= this.seq) return;
      this.seq = event.seq;
      (this as unknown as { apply(event: unknown): void }).apply(event);
    }),
  "missing events are not asked for": () => instead(Order.prototype, "isLate", () => () => false),
  "words without a place are dropped": () => instead(Tray.prototype, "put", () => () => undefined),
  "what lands late stays in the tray": () => instead(Tray.prototype, "landed", () => () => undefined),
  "a refusal leaves the work where it is": () =>
    instead(Sheet.prototype, "takeBack", () => function (this: Sheet) {
      if (this.text) this.text = { ...this.text, flight: null, own: [] };
    }),
};
