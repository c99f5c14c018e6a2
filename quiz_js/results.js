// The ends of practice and challenge: loaded once the reader begins to answer.

import { actions, button, make } from "./element.js";
import { PROBLEMS } from "./rules.js";
import * as store from "./store.js";
import { many } from "./words.js";

/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */
/** @typedef {import("./sequence.js").Sequence} Sequence */
/** @typedef {import("./sequence.js").Result} Result */

/**
 * Say how many were right at the first attempt, and what to read again.
 * @param {Sequence} mode
 * @returns {Result}
 */
export function practice(mode) {
  const { items } = mode;
  const first = items.filter((item) => item.first);
  const missed = items.filter(
    (item) => (item.ended || item.attempt.tries) && !first.includes(item)
  );
  const open = items.filter((item) => !item.ended);
  const later = "What you missed comes back in the review, beginning tomorrow.";
  return {
    words: `${first.length} of ${items.length} right at the first attempt`,
    parts: [
      make("p", {}, open.length ? `${many(open.length, "question")} still open.` : "All answered."),
      ...reading(missed),
      ...(missed.length ? [make("p", {}, later)] : []),
      next(mode, open, "Practice again")
    ]
  };
}

/** Say how many were right, and give the badge for all. @param {Sequence} mode @returns {Result} */
export function challenge(mode) {
  const { items } = mode;
  const right = items.filter((item) => item.right);
  const missed = items.filter((item) => item.ended && !item.right);
  const open = items.filter((item) => !item.ended);
  const all = right.length === items.length;
  if (all) store.set(store.badge(mode.dataset.topic), "", { done: true });
  const earned = all
    ? "right. The topic's badge is yours."
    : "right at one attempt each earn the topic's badge.";
  return {
    words: `${right.length} of ${items.length} right`,
    parts: [
      make("p", { class: all ? "sequence__badge" : "" }, `All ${PROBLEMS} ${earned}`),
      ...reading(missed),
      next(mode, open, "Start the challenge anew")
    ]
  };
}

/** Make a list of what to read again, each section once. @param {readonly QuizQuestion[]} missed */
export function reading(missed) {
  const links = missed.flatMap((item) => [...(item.find("question__read")?.children ?? [])]);
  const sections = new Map(links.map((link) => [link.getAttribute("href"), link]));
  if (!links.length) return [];
  const entries = [...sections.values()].map((link) => make("li", {}, link.cloneNode(true)));
  return [make("p", {}, "Read again:"), make("ul", {}, ...entries)];
}

/**
 * Offer to go on with what is open, and to begin anew.
 * @param {Sequence} mode
 * @param {QuizQuestion[]} open
 * @param {string} words
 */
function next(mode, open, words) {
  const again = actions(button(words, () => mode.anew()));
  if (open.length)
    again.prepend(button("Go on", () => mode.show(mode.items.indexOf(open[0])), true));
  return again;
}
