// The time as this page counts it.

/** Milliseconds, comparable between pages of one machine; a clock that is set while the page is
 * open moves it neither forward nor back. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
