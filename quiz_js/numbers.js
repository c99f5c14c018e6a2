// Fresh numbers as text: pure functions, no document. The build puts numbers in by the same rule.

/**
 * @typedef {object} Fresh one combination
 * @property {number[]} to what each number becomes
 * @property {Record<string, string>} [cells] what cells gave, where the rule does not tell
 * @property {Record<string, string>} [claims] what claims come to, likewise
 * @property {Record<string, string>} [raised] what options raised, likewise
 */
/**
 * @typedef {object} Variants what a question carries
 * @property {number[]} from the numbers of the page
 * @property {(number | null)[]} options the cell that gave each option; null where none did
 * @property {Fresh[]} sets
 */
/** @typedef {ReadonlyMap<string, string>} To what each number becomes, as text */

/** An integer by itself: neither `h_0` nor `0.5` nor `1e-5`. */
const NUMBER = /(?<![\w.])(?<!\de[-+])\d+(?!\w|\.\d)/g;
/** A line of a traceback, and what of it names a place. */
const PLACE = /^(Traceback .*|\s+line \d+[^:]*: )(.*)$/;

/**
 * Put other numbers into a text, all at once.
 * @param {string} text
 * @param {To} to
 */
export const renumbered = (text, to) => text.replace(NUMBER, (said) => to.get(said) ?? said);

/**
 * Put other numbers into a traceback, whose lines keep their own.
 * @param {string} text
 * @param {To} to
 * @param {string} [message] what is raised, where the rule does not tell
 */
export function traceback(text, to, message) {
  const lines = text.split("\n");
  const places = lines.filter((line) => PLACE.test(line));
  const head = places.map((line) =>
    line.replace(PLACE, (_, place, code) => place + renumbered(code, to))
  );
  const tail = lines.slice(places.length).join("\n");
  return [...head, message ?? renumbered(tail, to)].join("\n");
}

/**
 * Return what numbers become.
 * @param {Variants} variants
 * @param {number} at -1 for the numbers of the page
 * @returns {To}
 */
export const mapping = ({ from, sets }, at) =>
  new Map(from.map((base, i) => [String(base), String(sets[at]?.to[i] ?? base)]));

/**
 * Choose another combination than the last: one that was not seen yet, else the one that was seen
 * the longest ago.
 * @param {number} count how many there are besides the page's own
 * @param {number} last -1 for the page's own
 * @param {() => number} random as Math.random
 * @param {ReadonlyMap<number, number>} seen when each was seen
 */
export function other(count, last, random = Math.random, seen = new Map()) {
  const others = Array.from({ length: count + 1 }, (_, i) => i - 1).filter((at) => at !== last);
  const when = (/** @type {number} */ at) => seen.get(at) ?? 0;
  const first = Math.min(...others.map(when));
  const best = others.filter((at) => when(at) === first);
  return best[Math.floor(random() * best.length)] ?? -1;
}
