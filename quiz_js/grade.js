// Grading: pure functions, no document.

/** How many wrong submissions a question allows before its solution opens: with three options or fewer, one guess tells too much. */
export const attempts = (/** @type {number} */ options) => (options > 3 ? 2 : 1);

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
