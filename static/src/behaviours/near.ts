// Tells the server what is on the screen or close to it: a phone is sent no more than it shows.

import { now } from "../clock.ts";
import { all, SWAPPED } from "../dom.ts";
import { Nearness } from "../live/nearness.ts";
import { against, onWatching, watched } from "./live.ts";
import { PUT } from "./put.ts";

const REST_MS = 250; // of scrolling
const TICK_MS = 1_000;
const AROUND = "100% 0px"; // a screen above and one below

const page = new Nearness();
const seen = new Set<Element>();
let resting = 0;

function observe(): IntersectionObserver {
  return new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target);
        else seen.delete(target);
      }
      clearTimeout(resting);
      resting = setTimeout(say, REST_MS);
    },
    { rootMargin: AROUND },
  );
}

function say(): void {
  for (const article of seen) if (!article.isConnected) seen.delete(article);
  page.look(all(".paper .prov").filter((article) => seen.has(article)).map((article) => article.id));
  const watching = watched();
  if (!watching?.you) return; // not greeted yet, and not heard
  const look = page.due(now(), (key) => document.getElementById(key) !== null);
  if (look) watching.view(against(), look.near, look.stale);
}

export function start(): void {
  if (!document.getElementById("room")?.dataset["live"]) return;
  const observer = observe();
  const observeAll = (): void => all(".paper .prov").forEach((article) => observer.observe(article));
  observeAll();
  document.addEventListener(PUT, (event) => {
    if (event.target instanceof Element) observer.observe(event.target);
  });
  document.addEventListener(SWAPPED, () => {
    page.fetched();
    page.forgotten(); // what is shown is compared with something else now
    observeAll();
    say();
  });
  onWatching((watching) => {
    watching.onEvent((event) => page.happened(event, now()));
    watching.onShown((frame) => page.shown(frame));
    watching.onWelcome(() => {
      page.forgotten();
      say();
    });
  });
  setInterval(say, TICK_MS);
}
