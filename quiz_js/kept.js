// What is kept of an answer: loaded with what grades it.

import { rating } from "./grade.js";
import { list, record, set, get } from "./store.js";

/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */
/** @typedef {import("./attempt.js").Attempt} Attempt */
/** @typedef {[when: number, right: 0 | 1]} Outcome of a first submission */

/** Under what the outcomes by skill are kept, and how many of each. */
const SKILLS = "skills";
const MOST = 40;
/** After so long, the same numbers count as new ones. */
export const WEEK = 7 * 864e5;
/** What a question tests, where it does not say so itself. */
const TESTS = new Map([
  ["concept", "concepts"],
  ["predict-error", "errors"],
  ["choose-code", "constructor"],
  ["complete-code", "constructor"]
]);

/** With which of its numbers a question was answered before, and when. @param {unknown} seen */
export const times = (seen) =>
  new Map(
    Object.entries(record(seen) ? seen : {}).flatMap(([at, when]) =>
      typeof when === "number" ? [[Number(at), when]] : []
    )
  );

/**
 * Keep an answer.
 * @param {QuizQuestion} item
 * @param {Attempt} before where the reader was
 * @param {Attempt} attempt where the reader is now
 */
export function keep(item, before, { phase, tries, shown }) {
  const { entry, id, hash } = item;
  const numbers = Number(item.dataset.varied ?? -1);
  const seen = times(entry?.seen);
  const now = Date.now();
  const fields = {
    chosen: [...item.chosen],
    tries,
    done: phase !== "open",
    right: phase === "right",
    again: entry?.again,
    fresh: before.tries ? entry?.fresh : now - (seen.get(numbers) ?? 0) > WEEK,
    seen: Object.fromEntries(seen.set(numbers, now))
  };
  const counts = rating({ phase, tries, shown }, Boolean(entry?.log?.length));
  set(id, hash, fields, counts);
  if (!before.tries) note(item, phase === "right", now);
}

/**
 * Note by skill what came of a first submission.
 * @param {QuizQuestion} item
 * @param {boolean} right
 * @param {number} now
 */
function note({ dataset }, right, now) {
  const shape = dataset.typed === "shape" ? "shapes" : "";
  const skill = dataset.skill || TESTS.get(dataset.kind ?? "") || shape;
  if (!skill) return;
  const all = outcomes();
  const own = [...(all.get(skill) ?? []), /** @type {Outcome} */ ([now, right ? 1 : 0])];
  set(SKILLS, "", { more: Object.fromEntries(all.set(skill, own.slice(-MOST))) });
}

/** @param {unknown} one @returns {one is Outcome} */
const outcome = (one) =>
  Array.isArray(one) && Number.isFinite(one[0]) && (one[1] === 0 || one[1] === 1);

/** What came of first submissions, by skill, the oldest first. */
export function outcomes() {
  const more = get(SKILLS)?.more;
  const pairs = Object.entries(record(more) ? more : {}).filter(([, all]) => list(all, outcome));
  return new Map(/** @type {[string, Outcome[]][]} */ (pairs));
}
