// A challenge's clock: the time left for each question as one value, and what follows from each
// step. Pure functions.

import { record, whole } from "./store.js";

/**
 * @typedef {object} Clock
 * @property {Readonly<Record<string, number>>} left seconds, by question
 * @property {boolean} running
 */

/**
 * Return the clock of a challenge as it was kept, at rest.
 * @param {unknown} more
 * @returns {Clock}
 */
export const read = (more) => ({ left: seconds(record(more) && more.left), running: false });

/**
 * Return the seconds that the reader took, by question, as they were kept.
 * @param {unknown} more
 */
export const spent = (more) => seconds(record(more) && more.spent);

/** @param {unknown} kept @returns {Record<string, number>} */
function seconds(kept) {
  const sound = Object.entries(record(kept) ? kept : {}).filter(([, some]) => whole(some));
  return Object.fromEntries(/** @type {[string, number][]} */ (sound));
}

/**
 * Show a question: its time begins, or goes on.
 * @param {Clock} clock
 * @param {string} id
 * @param {number} seconds
 * @param {boolean} running
 * @returns {Clock}
 */
export const shown = ({ left }, id, seconds, running) => ({
  left: { [id]: seconds, ...left },
  running
});

/** Rest. @param {Clock} clock @returns {Clock} */
export const rested = ({ left }) => ({ left, running: false });

/** Pause, or go on. @param {Clock} clock @returns {Clock} */
export const turned = ({ left, running }) => ({ left, running: !running });

/**
 * Add seconds to a question's time, or take some away.
 * @param {Clock} clock
 * @param {string} id
 * @param {number} seconds
 * @returns {Clock}
 */
export const moved = ({ left, running }, id, seconds) => ({
  left: { ...left, [id]: Math.max(0, left[id] + seconds) },
  running
});

/** Write a time as minutes and seconds. @param {number} [seconds] */
export const written = (seconds = 0) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** Whether the reader has switched clocks off. @param {unknown} more of that setting */
export const off = (more) => record(more) && more.off === true;
