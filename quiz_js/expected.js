// What of an output can be predicted: pure functions, no document.

import * as values from "./values.js";

/** @typedef {values.Kind | "truth"} Kind */
/**
 * @typedef {object} Quantity a shape, a number or a truth in an output
 * @property {Kind} kind
 * @property {string} text as the output says it
 * @property {string} label what the output calls it; may be empty
 */

const FOUND =
  /(?<shape>torch\.Size\(\[[\d, ]*\]\)|(?<!\w)\((?:\d+, *)+\d*\))|(?<truth>\b(?:True|False)\b)|(?<number>(?<![\w.,[-])-?\d+(?:\.\d)?(?![\w.,\]]))/g;
/** Calls, rows of numbers, and messages: nobody foresees them. */
const UNFORESEEN = /\w\(|\[\s*-?\d|\d\.\d\d|Traceback|Error\b|^\s*line \d/;
/** More at once are a table. */
const MOST = 4;
/** An output so short can be foreseen in words. */
const SHORT = { lines: 2, length: 80 };

/** @param {string} line */
const isUnforeseen = (line) => UNFORESEEN.test(line.replace(/torch\.Size\(\[([^\]]*)\]\)/g, ""));

/**
 * Return what of an output can be typed or chosen.
 * @param {string} text
 * @returns {Quantity[]}
 */
export function quantities(text) {
  /** @type {Quantity[]} */
  const found = [];
  for (const line of text.split("\n")) {
    if (isUnforeseen(line)) return [];
    let from = 0;
    for (const match of line.matchAll(FOUND)) {
      const [kind] = Object.entries(match.groups ?? {}).find(([, said]) => said) ?? [];
      const label = line
        .slice(from, match.index)
        .replace(/^[\s,;|]+|[\s:=,;(]+$/g, "")
        .trim();
      from = match.index + match[0].length;
      found.push({ kind: /** @type {Kind} */ (kind), text: match[0], label });
    }
  }
  return found.length > MOST ? [] : found;
}

/** Whether readers can say what an output will be, if only to themselves. @param {string} text */
export function foreseen(text) {
  const lines = text.trim().split("\n");
  return (
    quantities(text).length > 0 ||
    (lines.length <= SHORT.lines &&
      lines.every((line) => line.length <= SHORT.length && !isUnforeseen(line)))
  );
}

/**
 * Whether a prediction is right; null where it cannot be read.
 * @param {Quantity} quantity
 * @param {string} said
 */
export function holds({ kind, text }, said) {
  if (kind === "truth") return said ? said === text : null;
  const [given, own] = [values.read(said, kind), values.read(text, kind)];
  return given && own ? values.same(given, own) : null;
}

/**
 * Whether a sentence tells a quantity.
 * @param {Quantity} quantity
 * @param {string} sentence
 */
export function tells({ kind, text }, sentence) {
  if (kind === "truth") return new RegExp(`\\b${text}\\b`).test(sentence);
  const sizes = text.match(/-?\d+(?:\.\d+)?/g) ?? [];
  if (!sizes.length) return false;
  const said = sizes.map((size) => size.replace(".", "\\.")).join("(?:,? ?[×x]? ?)");
  return new RegExp(`(?<![\\w.])${said}(?![\\w]|\\.\\d)`).test(sentence);
}
