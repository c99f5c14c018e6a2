// The verdict of a test: loaded when one ends.

import { make, many } from "./dom.js";

/**
 * Say what a test showed: a plain verdict, and what was right by level and by skill.
 * @param {import("./question.js").QuizQuestion[]} items all graded
 */
export function verdict(items) {
  const missed = items.filter((item) => !item.right).length;
  const words =
    missed <= 1
      ? "You know this topic. Go on to the challenge, or to the next topic."
      : missed <= 4
        ? "You know a good part of it. Read again what is listed here, then practice."
        : "The lesson will pay off: read it first, then practice.";
  const skills = [...new Set(items.map((item) => item.dataset.skill ?? ""))].sort();
  return [
    make("p", { class: "sequence__verdict" }, words),
    table(items, "Level", ["easy", "medium", "hard"], "level"),
    " ",
    table(items, "Skill", skills, "skill"),
    ...(missed ? [make("p", {}, `${many(missed, "question")} will come back in the review.`)] : []),
  ];
}

/**
 * Count what was right by a fact of the questions.
 * @param {import("./question.js").QuizQuestion[]} items
 * @param {string} head
 * @param {string[]} names
 * @param {string} fact
 */
function table(items, head, names, fact) {
  const rows = names.flatMap((name) => {
    const own = items.filter((item) => item.dataset[fact] === name);
    const right = own.filter((item) => item.right).length;
    return own.length ? [make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, `${right} of ${own.length}`))] : [];
  });
  const heads = make("tr", {}, make("th", { scope: "col" }, head), make("th", { scope: "col" }, "Right"));
  return make("table", {}, make("thead", {}, heads), make("tbody", {}, ...rows));
}
