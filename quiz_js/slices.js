// Work on many elements, a few at a time, so that a long page stays responsive.

/** @typedef {import("./element.js").QuizElement} QuizElement */

/** Elements to upgrade or to renew. @type {Set<QuizElement>} */
const waiting = new Set();
/** Milliseconds of work at a time. */
const SLICE = 8;

/** Show what is kept of an element, once it is its turn. @param {QuizElement} item */
export function later(item) {
  if (!waiting.size) setTimeout(work);
  waiting.add(item);
}

function work() {
  const end = performance.now() + SLICE;
  for (const item of waiting) {
    waiting.delete(item);
    if (item.ready()) item.restore();
    if (performance.now() > end) break;
  }
  if (waiting.size) setTimeout(work);
}
