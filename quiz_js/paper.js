// A test's paper: what was drawn, what was chosen, and how it ended, as one value. Pure functions.

import { list, place, record, whole } from "./store.js";

/** @typedef {[id: string, hash: string]} Drawn a question as it was when it was drawn */
/**
 * @typedef {object} Paper what a test keeps
 * @property {Drawn[]} drawn in order
 * @property {Record<string, number[]>} chosen positions of options, by question
 * @property {number} at which question is shown
 * @property {boolean} finished
 * @property {string} [assignment] what asked for it, where a teacher did
 * @property {string} [last] the result of the last test that was finished
 */

/** @param {unknown} value @returns {value is Drawn} */
const pair = (value) => list(value, text) && value.length === 2;
/** @param {unknown} value @returns {value is string} */
const text = (value) => typeof value === "string";

/** Read what was kept. @param {unknown} more @returns {Paper} */
export function read(more) {
  const { drawn, chosen, finished, last, assignment } = record(more)
    ? more
    : /** @type {Record<string, unknown>} */ ({});
  const places = Object.entries(record(chosen) ? chosen : {}).filter(([, some]) =>
    list(some, whole)
  );
  return {
    drawn: list(drawn, pair) ? drawn : [],
    chosen: Object.fromEntries(/** @type {[string, number[]][]} */ (places)),
    at: place(more),
    finished: finished === true,
    last: text(last) ? last : undefined,
    assignment: text(assignment) ? assignment : undefined
  };
}

/**
 * Return what was typed in a test, by question: a text a field.
 * @param {unknown} more
 * @returns {Record<string, string[]>}
 */
export function typed(more) {
  const kept = record(more) && record(more.typed) ? more.typed : {};
  const texts = Object.entries(kept).filter(([, some]) => list(some, text));
  return Object.fromEntries(/** @type {[string, string[]][]} */ (texts));
}

/**
 * Return those of the questions drawn that are as they were then.
 * @template {{id: string, hash: string}} Item
 * @param {readonly Drawn[]} drawn
 * @param {readonly Item[]} pool
 * @returns {Item[]}
 */
export const found = (drawn, pool) =>
  drawn.flatMap(([id, hash]) => pool.filter((item) => item.id === id && item.hash === hash));

/**
 * Return the questions of a test that can go on: none when it has ended, or when one of them was
 * edited since, for that is not the one that was drawn.
 * @template {{id: string, hash: string}} Item
 * @param {Paper} paper
 * @param {readonly Item[]} pool
 * @returns {Item[]}
 */
export function open({ drawn, finished }, pool) {
  const items = found(drawn, pool);
  return finished || items.length < drawn.length ? [] : items;
}
