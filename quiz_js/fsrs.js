// When an item comes back: FSRS version 6 (open-spaced-repetition), with its default parameters, a
// retention of 90%, and no steps within a day. Pure functions. `tests/browser/test_schedule.py`
// holds it to the reference in Python.

const W = [
  0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
  0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542
];
const RETENTION = 0.9;
const LONGEST = 36500;
const LEAST_STABILITY = 0.001;
const DAY = 86400000;
const DECAY = -W[20];
const FACTOR = RETENTION ** (1 / DECAY) - 1;

/**
 * @typedef {object} Memory
 * @property {number} stability days until recall has fallen to 90%
 * @property {number} difficulty 1 to 10
 * @property {number} due milliseconds
 */

const clamp = (/** @type {number} */ difficulty) => Math.min(Math.max(difficulty, 1), 10);
const firstDifficulty = (/** @type {number} */ rating) => W[4] - Math.exp(W[5] * (rating - 1)) + 1;

/**
 * How likely it is that an item is still known.
 * @param {number} days whole days since the last review
 * @param {number} stability
 */
export const retrievability = (days, stability) => (1 + (FACTOR * days) / stability) ** DECAY;

/** @param {number} difficulty @param {number} rating */
function nextDifficulty(difficulty, rating) {
  const moved = difficulty + ((10 - difficulty) * -W[6] * (rating - 3)) / 9;
  return clamp(W[7] * firstDifficulty(4) + (1 - W[7]) * moved);
}

/**
 * @param {number} stability
 * @param {number} difficulty
 * @param {number} days
 * @param {number} rating
 */
function nextStability(stability, difficulty, days, rating) {
  if (days < 1) {
    const growth = Math.exp(W[17] * (rating - 3 + W[18])) * stability ** -W[19];
    return stability * (rating > 1 ? Math.max(growth, 1) : growth);
  }
  const lost = 1 - retrievability(days, stability);
  if (rating === 1) {
    const forgotten =
      W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1) * Math.exp(lost * W[14]);
    return Math.min(forgotten, stability / Math.exp(W[17] * W[18]));
  }
  const penalty = rating === 2 ? W[15] : rating === 4 ? W[16] : 1;
  return (
    stability *
    (1 +
      Math.exp(W[8]) *
        (11 - difficulty) *
        stability ** -W[9] *
        (Math.exp(lost * W[10]) - 1) *
        penalty)
  );
}

/**
 * Plan an item from its reviews.
 * @param {[number, number][]} log when, in milliseconds, and the rating 1 (again) to 4 (easy), in
 *   order
 * @returns {Memory | undefined} undefined without reviews
 */
export function plan(log) {
  /** @type {Memory | undefined} */
  let memory;
  let last = 0;
  for (const [when, rating] of log) {
    const days = Math.max(0, Math.floor((when - last) / DAY));
    const stability = memory
      ? nextStability(memory.stability, memory.difficulty, days, rating)
      : W[rating - 1];
    const difficulty = memory
      ? nextDifficulty(memory.difficulty, rating)
      : clamp(firstDifficulty(rating));
    const kept = Math.max(stability, LEAST_STABILITY);
    const interval = Math.min(Math.max(Math.round(kept), 1), LONGEST);
    memory = { stability: kept, difficulty, due: when + interval * DAY };
    last = when;
  }
  return memory;
}
