// Where a reader is with a question, and in which order its options stand. Pure functions,
// no document.

import { LETTERS } from "./shared.js";

/** @typedef {import("./store.js").Entry} Entry */
/** @typedef {"practice" | "challenge" | "test" | "review"} Setting where an item is asked */
/**
 * @typedef {object} Attempt where the reader is with a question
 * @property {"open" | "right" | "wrong"} phase open while there is something to answer
 * @property {number} tries submissions so far
 * @property {readonly number[]} shown positions of the options whose reasons are told
 */

/** A question that nobody has answered. @type {Attempt} */
export const FRESH = { phase: "open", tries: 0, shown: [] };

/** Go on from what was kept. @param {Entry} entry @returns {Attempt} */
export const resumed = ({ done, right, tries = 0, chosen = [] }) => ({
  phase: done ? (right ? "right" : "wrong") : "open",
  tries,
  shown: chosen
});

/**
 * Return the numbers below `count` in a random order.
 * @param {number} count
 * @param {() => number} random as Math.random
 */
export function shuffled(count, random = Math.random) {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/**
 * Return the place of the option that a key names by its letter or number, as shown; -1 for none.
 * @param {string} key as of a KeyboardEvent
 */
export const placed = (key) =>
  key.length === 1 ? Math.max(LETTERS.indexOf(key.toUpperCase()), "123456789".indexOf(key)) : -1;
