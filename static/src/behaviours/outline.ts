// The outline follows the reading: the current call is marked in it and named above the paper.
// What it says of the paper as a whole is the server's word, drawn anew when that changes.

import { all, SWAPPED } from "../dom.ts";
import { underneath } from "./history.ts";

const WIDE = matchMedia("(min-width: 1120px)");
let observer: IntersectionObserver | null = null;
const visible = new Set<string>();

function mark(): void {
  const current = all(".part").find((part) => visible.has(part.id));
  for (const link of all("[data-section]")) {
    const here = link.dataset["section"] === current?.id;
    if (here === link.hasAttribute("aria-current")) continue;
    if (here) {
      link.setAttribute("aria-current", "true");
      link.scrollIntoView({ block: "nearest" });
    } else link.removeAttribute("aria-current");
  }
  const running = document.getElementById("running");
  const title = current?.dataset["title"] ?? "";
  if (running) running.textContent = title;
  const start = document.getElementById("open-of-all")?.textContent?.trim() ?? "";
  for (const word of all("[data-running]")) word.textContent = title || start;
}

function watch(): void {
  observer?.disconnect();
  visible.clear();
  observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) visible.add(entry.target.id);
        else visible.delete(entry.target.id);
      }
      mark();
    },
    { rootMargin: "-20% 0px -70% 0px" },
  );
  for (const part of all(".part")) observer.observe(part);
}

/** Sent when the outline was drawn anew. */
export const OUTLINED = "drafting:outlined";

/** Puts fresh what tells of the paper as a whole; what is folded stays so, and the focus holds. */
export function outline(fresh: ParentNode): void {
  const [old, now] = [document, fresh].map((root) => root.querySelector("#outline > details"));
  const focused = old?.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  if (old && now) old.replaceChildren(...now.childNodes);
  if (focused) all(`#outline [href="${CSS.escape(focused)}"]`)[0]?.focus({ preventScroll: true });
  settleCount(fresh);
  const list = fresh.querySelector("#inspect-body");
  if (list) underneath([...list.childNodes]);
  watch();
  document.dispatchEvent(new Event(OUTLINED));
}

/** How many there are to settle; buttons stay, for one may have the focus. */
function settleCount(fresh: ParentNode): void {
  const [old, now] = [document, fresh].map((root) => root.querySelector<HTMLElement>("#walk"));
  const [count, counted] = [old, now].map((root) => root?.querySelector("#walked"));
  if (!old || !now || !count || !counted) return;
  old.hidden = now.hidden;
  count.replaceChildren(...counted.childNodes);
}

function unfold(): void {
  for (const details of all<HTMLDetailsElement>("[data-open-wide]")) details.open = WIDE.matches;
}

export function start(): void {
  if (!document.getElementById("outline")) return;
  unfold();
  watch();
  WIDE.addEventListener("change", unfold);
  document.addEventListener(SWAPPED, watch);
}
