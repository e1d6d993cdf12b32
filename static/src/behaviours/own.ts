// What is one's own delegation's alone: there who may only propose writes plainly, and may do more.

import { watched } from "./live.ts";
import { whom } from "./whom.ts";

/** Whether an option, or a provision, is one's own delegation's alone. */
export function isOwn(element: HTMLElement | null): boolean {
  const you = watched()?.you;
  return you?.part === "delegate" && element?.dataset["of"] === you.for;
}

/** Whether what one types in this option becomes pending changes. */
export function isAsking(option: HTMLElement): boolean {
  return whom().isPending && !isOwn(option);
}

/** Whether one may do such deeds, whatever they are done to. */
export function mayAct(act: string): boolean {
  return watched()?.you?.acts.includes(act) ?? false;
}

/** Whether one may do such a deed to this provision or option. */
export function mayActOn(act: string, element: HTMLElement | null): boolean {
  return mayAct(act) || (isOwn(element) && (watched()?.you?.own.includes(act) ?? false));
}

/** Whether one may accept what others ask for. */
export function mayAccept(): boolean {
  return mayAct("pending.settle") && watched()?.you?.part !== "delegate";
}

/** Whether one may reject what a source asks for; a delegate takes back the own delegation's alone. */
export function mayReject(source: string): boolean {
  return mayAccept() || (mayAct("pending.settle") && source === watched()?.you?.for);
}
