// The verdict of a test: loaded when one ends.

import { make } from "./element.js";
import { LEVELS, PASS } from "./rules.js";
import { many } from "./words.js";

/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */

/**
 * Say what a test showed: a plain verdict, and what was right by level and by skill.
 * @param {readonly QuizQuestion[]} items all graded
 */
export function verdict(items) {
  const missed = items.filter((item) => !item.right).length;
  const skills = [...new Set(items.map((item) => item.dataset.skill ?? ""))].sort();
  return [
    make("p", { class: "sequence__verdict" }, words(missed)),
    table(items, "Level", LEVELS, "level"),
    " ",
    table(items, "Skill", skills, "skill"),
    ...(missed ? [make("p", {}, `${many(missed, "question")} will come back in the review.`)] : [])
  ];
}

/** @param {number} missed */
function words(missed) {
  if (missed <= PASS.known)
    return "You know this topic. Go on to the challenge, or to the next topic.";
  if (missed <= PASS.partly)
    return "You know a good part of it. Read again what is listed here, then practice.";
  return "The lesson will pay off: read it first, then practice.";
}

/**
 * Count what was right by a fact of the questions.
 * @param {readonly QuizQuestion[]} items
 * @param {string} head
 * @param {readonly string[]} names
 * @param {"level" | "skill"} fact
 */
function table(items, head, names, fact) {
  const rows = names.flatMap((name) => {
    const own = items.filter((item) => item.dataset[fact] === name);
    const right = own.filter((item) => item.right).length;
    const cells = [make("th", { scope: "row" }, name), make("td", {}, `${right} of ${own.length}`)];
    return own.length ? [make("tr", {}, ...cells)] : [];
  });
  const heads = make(
    "tr",
    {},
    make("th", { scope: "col" }, head),
    make("th", { scope: "col" }, "Right")
  );
  return make("table", {}, make("thead", {}, heads), make("tbody", {}, ...rows));
}
