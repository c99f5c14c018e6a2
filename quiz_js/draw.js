// Drawing a test: a pure function, no document.

import { shuffled } from "./attempt.js";
import { LEVELS } from "./rules.js";

/**
 * Draw a test evenly from the levels, easy ones first, with what was drawn last time only where the
 * pool has nothing else.
 * @param {{id: string, level: string}[]} pool
 * @param {number} count
 * @param {ReadonlySet<string>} before ids of the last draw
 * @param {() => number} random as Math.random
 * @returns {string[]} ids
 */
export function draw(pool, count, before, random = Math.random) {
  const mixed = shuffled(pool.length, random).map((i) => pool[i]);
  const queues = LEVELS.map((level) => {
    const own = mixed.filter((item) => item.level === level);
    return [
      ...own.filter((item) => !before.has(item.id)),
      ...own.filter((item) => before.has(item.id))
    ];
  });
  /** @type {{id: string, level: string}[]} */
  const drawn = [];
  // One of each level in turn; the order of the levels is random, so that the odd one out is not
  // always easy.
  const turns = shuffled(LEVELS.length, random);
  for (let round = 0; drawn.length < count && queues.some((queue) => queue.length); round++) {
    const next = queues[turns[round % LEVELS.length]].shift();
    if (next) drawn.push(next);
  }
  return LEVELS.flatMap((level) =>
    drawn.filter((item) => item.level === level).map((item) => item.id)
  );
}
