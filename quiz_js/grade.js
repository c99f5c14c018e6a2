// Grading: what an answer is worth, and where it leaves a question. Pure functions, no document.

import { ATTEMPTS, LETTERS } from "./shared.js";

/** @typedef {import("./store.js").Entry} Entry */
/** @typedef {"practice" | "challenge" | "test" | "review"} Setting where an item is asked */
/**
 * @typedef {object} Attempt where the reader is with a question
 * @property {"open" | "right" | "wrong"} phase open while there is something to answer
 * @property {number} tries submissions so far
 * @property {readonly number[]} shown positions of the options whose reasons are told
 */

/**
 * Grade a submission.
 * @param {ReadonlySet<number>} chosen positions of the options chosen
 * @param {ReadonlySet<number>} keys positions of the keys
 * @param {number} options how many there are
 * @returns {{right: boolean, credit: number}} credit: the share of options judged rightly, 0 to 1
 */
export function grade(chosen, keys, options) {
  let agreed = 0;
  for (let i = 0; i < options; i++) agreed += Number(chosen.has(i) === keys.has(i));
  const right = agreed === options;
  return { right, credit: keys.size > 1 ? agreed / options : Number(right) };
}

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

/** A question that nobody has answered. @type {Attempt} */
export const FRESH = { phase: "open", tries: 0, shown: [] };

/**
 * Return how many wrong submissions a question allows before its solution opens.
 * @param {Setting} setting only practice allows more than one
 * @param {number} options how many there are
 */
export const allowed = (setting, options) =>
  setting === "practice" && options > ATTEMPTS.fewOptions ? ATTEMPTS.many : ATTEMPTS.few;

/**
 * Submit a choice.
 * @param {Attempt} attempt
 * @param {boolean} right
 * @param {Iterable<number>} chosen positions of the options
 * @param {number} most how many submissions there may be
 * @returns {Attempt}
 */
export function submitted({ tries, shown }, right, chosen, most) {
  tries += 1;
  const phase = right ? "right" : tries < most ? "open" : "wrong";
  return { phase, tries, shown: [...shown, ...chosen] };
}

/** Ask for the answer. @param {Attempt} attempt @returns {Attempt} */
export const conceded = (attempt) => ({ ...attempt, phase: "wrong" });

/** Go on from what was kept. @param {Entry} entry @returns {Attempt} */
export const resumed = ({ done, right, tries = 0, chosen = [] }) => ({
  phase: done ? (right ? "right" : "wrong") : "open",
  tries,
  shown: chosen
});

/** Say which are the keys. @param {readonly string[]} letters as shown */
export const named = (letters) =>
  `The ${letters.length > 1 ? "answers are" : "answer is"} ${letters.join(", ")}.`;

/**
 * Say what came of a submission.
 * @param {Attempt} attempt after it
 * @param {number} credit the share of options judged rightly
 * @param {number} most how many submissions there may be
 * @param {readonly string[]} letters of the keys
 */
export function told({ phase, tries }, credit, most, letters) {
  if (phase === "right") return tries > 1 ? `Right, at attempt ${tries}.` : "Right.";
  const share = credit ? `: ${Math.round(credit * 100)}% of the options judged rightly` : "";
  const left = most - tries;
  const next = phase === "open" ? `${left} attempt${left > 1 ? "s" : ""} left.` : named(letters);
  return `Not yet${share}. ${next}`;
}

/**
 * Return what an attempt counts as in the review: 0 for nothing, else 1 (again) to 4 (easy). The
 * first miss counts; a right answer only of a question that was missed before, since others need
 * not come back.
 * @param {Attempt} attempt
 * @param {boolean} missed whether it ever was
 */
export function rating({ phase, tries }, missed) {
  const first = tries <= 1;
  if (phase !== "right") return first ? 1 : 0;
  return missed ? (first ? 3 : 2) : 0;
}

/**
 * Return the place of the option that a key names by its letter or number, as shown; -1 for none.
 * @param {string} key as of a KeyboardEvent
 */
export const placed = (key) =>
  key.length === 1 ? Math.max(LETTERS.indexOf(key.toUpperCase()), "123456789".indexOf(key)) : -1;
