// The verdict of a test: loaded when one ends.

import { make } from "./element.js";
import { advised, counts, leading, onward, ring } from "./results.js";
import { PASS } from "./rules.js";
import { many } from "./words.js";

/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */

/**
 * Say what a test showed: a plain verdict, and what was right by level and by skill.
 * @param {readonly QuizQuestion[]} items all graded
 */
export function verdict(items) {
  const missed = items.filter((item) => !item.right).length;
  return [
    ring(items.length - missed, items.length),
    make("p", { class: "sequence__verdict" }, words(missed)),
    ...counts(items, (item) => item.right),
    ...(missed ? [make("p", {}, `${many(missed, "question")} will come back in the review.`)] : [])
  ];
}

/**
 * Lead to what the verdict advises: what to read again, or the page that comes next.
 * @param {readonly QuizQuestion[]} items all graded
 */
export function ahead(items) {
  const missed = items.filter((item) => !item.right);
  const [first] = missed.length > PASS.known ? advised(missed) : [];
  return first ? [leading(first.href, `Read again: ${first.textContent}`)] : onward();
}

/** @param {number} missed */
function words(missed) {
  if (missed <= PASS.known)
    return "You know this topic. Go on to the challenge, or to the next topic.";
  if (missed <= PASS.partly)
    return "You know a good part of it. Read again what is listed here, then practice.";
  return "The lesson will pay off: read it first, then practice.";
}
