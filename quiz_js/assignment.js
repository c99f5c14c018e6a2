// Assignments: a test with the same questions and numbers for a whole class, and its result as
// text. Pure functions, no document.

/**
 * @typedef {object} Assignment
 * @property {string} name what the teacher calls it
 * @property {number} seed by which numbers are chosen
 * @property {string[]} ids of the questions, in order
 */
/** @typedef {{id: string, hash: string, chosen: readonly number[]}} Answer */
/**
 * @typedef {object} Result
 * @property {string} name of the assignment
 * @property {number} seed
 * @property {string} learner who took it
 * @property {string} when
 * @property {string} score as the learner's page counted it
 * @property {Answer[]} answers
 */

const FIRST = "Unrolled: the result of a test";
const LINES = ["Assignment", "Seed", "Learner", "Finished", "Right", "Answers", "Sum"];
/** What a line of the text can hold. @param {string} text */
const line = (text) => text.replace(/\s+/g, " ").trim();

/** Return the part of an address that opens an assignment. @param {Assignment} assignment */
export const fragment = ({ name, seed, ids }) =>
  `#${new URLSearchParams({ assignment: line(name), seed: String(seed), ids: ids.join(",") })}`;

/**
 * Read the part of an address after its `#`.
 * @param {string} text
 * @returns {Assignment | null} null where it asks for none
 */
export function read(text) {
  const given = new URLSearchParams(text.replace(/^#/, ""));
  const [name, seed, ids] = ["assignment", "seed", "ids"].map((key) => given.get(key));
  if (!name || !ids || !/^\d{1,9}$/.test(seed ?? "")) return null;
  return { name: line(name), seed: Number(seed), ids: [...new Set(ids.split(","))] };
}

/**
 * Return random numbers from 0 to 1 that are the same wherever they are drawn: SplitMix32.
 * @param {number} seed
 * @param {string} [name] of what they are for: each has numbers of its own
 * @returns {() => number}
 */
export function seeded(seed, name = "") {
  let state = (seed ^ Number.parseInt(sum(name), 16)) >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** Return a sum of a text, FNV-1a: it notices a slip, and no forger. @param {string} text */
function sum(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** @param {Answer} answer */
const written = ({ id, hash, chosen }) => `${id}@${hash}=${chosen.join("+")}`;

/** Write a result as text. @param {Result} result */
export function text({ name, seed, learner, when, score, answers }) {
  const values = [name, String(seed), learner, when, score, answers.map(written).join(" ")].map(
    line
  );
  const body = values.map((value, i) => `${LINES[i]}: ${value}`);
  return [FIRST, ...body, `Sum: ${sum(body.join("\n"))}`, ""].join("\n");
}

/**
 * Read a result, whatever stands around it in a message.
 * @param {string} given
 * @returns {Result}
 * @throws {Error} where it is none, or was changed on its way
 */
export function parsed(given) {
  const from = given.indexOf(FIRST);
  if (from < 0) throw new Error(`This is no result: none of its lines says "${FIRST}".`);
  // A mail may quote it, and indent it.
  const lines = given
    .slice(from)
    .split(/\r?\n/)
    .map((one) => one.replace(/^[>\s]+/, "").trimEnd());
  const body = lines.slice(1, LINES.length + 1);
  const values = LINES.map((key, i) => {
    const [found, ...rest] = (body[i] ?? "").split(": ");
    if (found.replace(/:$/, "") !== key) throw new Error(`Its line "${key}" is missing.`);
    return rest.join(": ");
  });
  if (values[6] !== sum(body.slice(0, 6).join("\n")))
    throw new Error("It was changed since the page wrote it: its sum does not fit.");
  const [name, seed, learner, when, score, answers] = values;
  return { name, seed: Number(seed), learner, when, score, answers: answered(answers) };
}

/** @param {string} text @returns {Answer[]} */
function answered(text) {
  return text.split(" ").flatMap((one) => {
    const found = /^([\w-]+)@(\w*)=([\d+]*)$/.exec(one);
    if (!found) return [];
    const [, id, hash, chosen] = found;
    return [{ id, hash, chosen: chosen ? chosen.split("+").map(Number) : [] }];
  });
}
