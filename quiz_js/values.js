// Typed answers as text: pure functions, no document.

/** @typedef {"shape" | "number"} Kind */

const SHAPE = /^\d+$/;
const NUMBER = /^[-+]?\d+(\.\d+)?$/;
/** What people put between sizes, and around them. */
const BETWEEN = /\s*[,;.xX×*·、]\s*|\s+/;
const AROUND = /^\s*(?:torch\s*\.\s*)?size\b|[()[\]{}<>]/gi;
const THOUSANDS = /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const PLACES = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** Full-width digits and signs as plain ones. @param {string} text */
const plain = (text) => text.normalize("NFKC").replace(/[−–—]/g, "-").trim();

/**
 * Read what was typed, or what an option says.
 * @param {string} text
 * @param {Kind} kind what is asked for
 * @returns {number[] | null} the sizes, or the number alone; null where it is neither
 */
export function read(text, kind) {
  const given = plain(text);
  if (kind === "number") {
    const bare = given.replace(/^\((.*)\)$/, "$1").replace(/\s/g, "");
    const said = THOUSANDS.test(bare) ? bare.replaceAll(",", "") : bare;
    return NUMBER.test(said) ? [Number(said)] : null;
  }
  const inside = given.replace(AROUND, " ").trim();
  const sizes = inside.split(BETWEEN).filter((size) => size);
  const empty = /^\D*[([]\s*[)\]]+$/.test(given);
  return sizes.every((size) => SHAPE.test(size)) && (sizes.length || empty)
    ? sizes.map(Number)
    : null;
}

/** @param {readonly number[]} a @param {readonly number[]} b */
export const same = (a, b) => a.length === b.length && a.every((size, i) => size === b[i]);

/** @param {number} count */
const axes = (count) => (count === 1 ? "1 axis" : `${count} axes`);

/** @param {readonly string[]} words */
const listed = (words) =>
  words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}` : words[0];

/**
 * Say how an answer differs from the key, without telling the key.
 * @param {readonly number[]} given
 * @param {readonly number[]} key
 * @param {Kind} kind
 */
export function difference(given, key, kind) {
  if (kind === "number") return `Your number is too ${given[0] < key[0] ? "small" : "large"}.`;
  if (given.length !== key.length)
    return `Your shape has ${axes(given.length)}, and the right one has ${key.length}.`;
  const order = (/** @type {readonly number[]} */ sizes) => [...sizes].sort((a, b) => a - b);
  if (same(order(given), order(key))) return "These are the right sizes, in another order.";
  const wrong = key.flatMap((size, i) => (size === given[i] ? [] : [PLACES[i] ?? `${i + 1}th`]));
  if (wrong.length === key.length) return "The number of axes is right, and no size is.";
  const differ = wrong.length > 1 ? "axes differ" : "axis differs";
  return `The ${listed(wrong)} ${differ}; the rest is right.`;
}

/** Quotation marks that phones put in. */
const QUOTES = /[“”„‘’']/g;

/**
 * Whether two pieces of code differ in blanks and quotation marks at most.
 * @param {string} a
 * @param {string} b
 */
export function sameCode(a, b) {
  const bare = (/** @type {string} */ text) =>
    plain(text)
      .replace(QUOTES, '"')
      .replace(/\s+/g, " ")
      .replace(/ ?([^\w ]) ?/g, "$1");
  return bare(a) === bare(b);
}
