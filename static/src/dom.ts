// Small helpers on the document.

/** Every element in `root` that matches. */
export function all<T extends Element = HTMLElement>(
  selector: string,
  root: ParentNode = document,
): T[] {
  return [...root.querySelectorAll<T>(selector)];
}

/** The element an event came from, or the nearest one around it that matches. */
export function closest(event: Event, selector: string): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
}

/** Calls `act` with the element when something that matches is clicked, now or later. */
export function onClick(
  selector: string,
  act: (element: HTMLElement, event: MouseEvent) => void,
): void {
  document.addEventListener("click", (event) => {
    const element = closest(event, selector);
    if (element) act(element, event);
  });
}

/** Whether the click asks for another tab or window, and is therefore the browser's. */
export function isModified(event: MouseEvent): boolean {
  return event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}

/** Says something to those who listen to the page. */
export function announce(words: string): void {
  const place = document.getElementById("announce");
  if (place) place.textContent = words;
}

/** Whether the person asked for less movement. */
export function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Keeps what one reads where it is while the layout around it changes. */
export function steady(act: () => void): void {
  const at = all(".prov").find((one) => one.getBoundingClientRect().bottom > 140);
  const top = at?.getBoundingClientRect().top ?? 0;
  act();
  if (at) scrollBy({ top: at.getBoundingClientRect().top - top, behavior: "instant" });
}

/** Fetches a page of this site and gives its document, or null where that did not succeed. */
export async function fetchPage(url: string, init: RequestInit = {}): Promise<Document | null> {
  try {
    const headers = { "X-Requested-With": "fetch" };
    const answer = await fetch(url, { ...init, headers, credentials: "same-origin" });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null; // Not reachable: the caller goes there in the ordinary way, and the browser says so.
  }
}

/** Sent when a part of the page was replaced: what was found in it must be found again. */
export const SWAPPED = "drafting:swapped";

export function swapped(): void {
  document.dispatchEvent(new Event(SWAPPED));
}
