// The ends of practice and challenge: loaded once the reader begins to answer.

import { spent, written } from "./clock.js";
import { actions, button, make } from "./element.js";
import { LEVELS, PROBLEMS } from "./rules.js";
import * as store from "./store.js";
import { styled } from "./styles.js";
import { many } from "./words.js";

/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */
/** @typedef {import("./sequence.js").Sequence} Sequence */
/** @typedef {import("./sequence.js").Result} Result */

/** Whether it was right at the first attempt, with none before. @param {QuizQuestion} item */
const atFirst = ({ attempt, entry, right }) => right && attempt.tries === 1 && !entry?.again;

const SVG = "http://www.w3.org/2000/svg";

/**
 * Draw a score as a ring.
 * @param {number} right
 * @param {number} all
 */
export function ring(right, all) {
  styled("answered.css");
  const drawn = document.createElementNS(SVG, "svg");
  const looks = { class: "sequence__ring", viewBox: "0 0 40 40", width: 72, fill: "none" };
  for (const [name, value] of Object.entries({ ...looks, "aria-hidden": true }))
    drawn.setAttribute(name, `${value}`);
  for (const share of [1, right / all]) {
    const circle = document.createElementNS(SVG, "circle");
    const shape = {
      cx: 20,
      cy: 20,
      r: 16,
      pathLength: 100,
      stroke: "currentColor",
      "stroke-width": 6,
      "stroke-dasharray": `${100 * share} 100`,
      "stroke-opacity": share === 1 && !drawn.firstChild ? 0.2 : 1,
      transform: "rotate(-90 20 20)"
    };
    for (const [name, value] of Object.entries(shape)) circle.setAttribute(name, `${value}`);
    drawn.append(circle);
  }
  return drawn;
}

/**
 * Count what was right by level and by skill.
 * @param {readonly QuizQuestion[]} items
 * @param {(item: QuizQuestion) => boolean} right
 */
export function counts(items, right) {
  const skills = [...new Set(items.map((item) => item.dataset.skill ?? ""))].filter(Boolean).sort();
  return [
    table(items, right, "Level", LEVELS, "level"),
    " ",
    table(items, right, "Skill", skills, "skill")
  ];
}

/**
 * Count what was right by a fact of the questions.
 * @param {readonly QuizQuestion[]} items
 * @param {(item: QuizQuestion) => boolean} right
 * @param {string} head
 * @param {readonly string[]} names
 * @param {"level" | "skill"} fact
 */
function table(items, right, head, names, fact) {
  const rows = names.flatMap((name) => {
    const own = items.filter((item) => item.dataset[fact] === name);
    const words = `${own.filter(right).length} of ${own.length}`;
    const cells = [make("th", { scope: "row" }, name), make("td", {}, words)];
    return own.length ? [make("tr", {}, ...cells)] : [];
  });
  if (!rows.length) return "";
  const heads = [head, "Right"].map((name) => make("th", { scope: "col" }, name));
  const first = make("thead", {}, make("tr", {}, ...heads));
  return make("table", {}, first, make("tbody", {}, ...rows));
}

/** Lead to the page that comes next, where the site says which. */
export function onward() {
  /** @type {HTMLAnchorElement | null} */
  const next =
    document.querySelector("a.md-footer__link--next") ?? document.querySelector("link[rel=next]");
  const name = next?.querySelector(".md-ellipsis")?.textContent?.trim() ?? "the next page";
  return next ? [leading(next.href, `Go on to ${name}`)] : [];
}

/** Make the link that looks like the main button. @param {string} href @param {string} words */
export function leading(href, words) {
  return make("a", { href, class: "question__button question__button--main" }, words);
}

/**
 * Say how many were right at the first attempt, and what to read again.
 * @param {Sequence} mode
 * @returns {Result}
 */
export function practice(mode) {
  const { items } = mode;
  const first = items.filter(atFirst);
  const missed = items.filter(
    (item) => (item.ended || item.attempt.tries) && !first.includes(item)
  );
  const open = items.filter((item) => !item.ended);
  const later = "What you missed comes back in the review, beginning tomorrow.";
  return {
    words: `${first.length} of ${items.length} right at the first attempt`,
    parts: [
      ring(first.length, items.length),
      make("p", {}, open.length ? `${many(open.length, "question")} still open.` : "All answered."),
      ...counts(items, atFirst),
      ...reading(missed),
      ...(missed.length ? [make("p", {}, later)] : []),
      next(mode, open, "Practice again")
    ]
  };
}

/** Say how long a challenge took. @param {unknown} more */
function taken(more) {
  const seconds = Object.values(spent(more)).reduce((sum, each) => sum + each, 0);
  return seconds
    ? [make("p", { class: "sequence__taken" }, `Time taken: ${written(seconds)}`)]
    : [];
}

/** Say how many were right, and give the badge for all. @param {Sequence} mode @returns {Result} */
export function challenge(mode) {
  const { items } = mode;
  const right = items.filter((item) => item.right);
  const missed = items.filter((item) => item.ended && !item.right);
  const open = items.filter((item) => !item.ended);
  const known = right.filter((item) => item.entry?.fresh === false);
  const every = right.length === items.length;
  const all = every && (!known.length || store.get(store.badge(mode.dataset.topic))?.done === true);
  if (all) store.set(store.badge(mode.dataset.topic), "", { done: true });
  const earned = all
    ? "right. The topic's badge is yours."
    : "right at one attempt each, with numbers that are new to you, earn the topic's badge.";
  const seen =
    every && !all
      ? `All are right, but ${many(known.length, "problem")} had the numbers of an earlier try. ` +
        "A week after that, the same numbers count as new."
      : "";
  return {
    words: `${right.length} of ${items.length} right`,
    parts: [
      ring(right.length, items.length),
      make("p", { class: all ? "sequence__badge" : "" }, `All ${PROBLEMS} ${earned}`),
      ...(seen ? [make("p", { class: "sequence__seen" }, seen)] : []),
      ...taken(mode.more),
      ...counts(items, (item) => item.right),
      ...reading(missed),
      next(mode, open, "Start the challenge anew")
    ]
  };
}

/** List the links to what to read again. @param {readonly QuizQuestion[]} missed */
export function advised(missed) {
  return missed.flatMap((item) => [...(item.find("question__read")?.querySelectorAll("a") ?? [])]);
}

/** Make a list of what to read again, each section once. @param {readonly QuizQuestion[]} missed */
export function reading(missed) {
  const links = advised(missed);
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
  else again.prepend(...onward());
  return again;
}
