// Grading: what an answer is worth, and where it leaves a question. Loaded with the first answer.
// Pure functions, no document.

import { ATTEMPTS } from "./shared.js";

/** @typedef {import("./attempt.js").Attempt} Attempt */
/** @typedef {import("./attempt.js").Setting} Setting */

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
