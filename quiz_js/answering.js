// What an answer does, loaded with the first one: it is graded, and the question takes its step.

import { FRESH } from "./attempt.js";
// The question says why with it: so it is there at once.
import "./feedback.js";
import * as grading from "./grade.js";
import { keep } from "./kept.js";

/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */

/**
 * Grade what is chosen.
 * @param {QuizQuestion} item
 * @param {ReadonlySet<number>} chosen positions of the options, at the press
 * @param {string} [more] what else there is to say of a typed answer
 */
export function submit(item, chosen, more = "") {
  const { attempt, keys, letters, options, setting } = item;
  const { right, credit } = grading.grade(chosen, keys, options.length);
  const most = grading.allowed(setting, options.length);
  const after = grading.submitted(attempt, right, chosen, most);
  item.step(after, grading.told(after, credit, most, letters) + more, keep);
}

/** Give the answer away. @param {QuizQuestion} item */
export const concede = (item) =>
  item.step(grading.conceded(item.attempt), grading.named(item.letters), keep);

/**
 * Grade what was chosen in a test, and show it.
 * @param {QuizQuestion} item
 * @param {boolean} fresh whether it counts: not when it is shown once more
 */
export function reveal(item, fresh) {
  const { answered, chosen, keys, letters, options } = item;
  const { right } = grading.grade(chosen, keys, options.length);
  item.setting = "practice";
  const words = `${answered ? "Not right" : "Unanswered"}. ${grading.named(letters)}`;
  const attempt = grading.submitted(FRESH, right, chosen, 1);
  item.step(attempt, right ? "Right." : words, fresh ? keep : undefined);
}
