// An experiment's targets and the reader's own figures: pure functions.

import { SIGNS } from "./rules.js";
import { list, record } from "./store.js";

/** @typedef {{sign: typeof SIGNS[number], bound: number}} Target */
/**
 * @typedef {{figures: (number | null)[]}} Kept what an experiment keeps, null for what was no
 *   number
 */

/** @type {Record<Target["sign"], (a: number, b: number) => boolean>} */
const COMPARE = {
  ">=": (a, b) => a >= b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  "<": (a, b) => a < b
};

/** Read a target as pages state it: `>=85`. @param {string} stated @returns {Target | undefined} */
export function target(stated) {
  const sign = SIGNS.find((one) => stated.startsWith(one));
  return sign && { sign, bound: Number(stated.slice(sign.length)) };
}

/** Whether a figure reaches a target. @param {Target} target @param {number} figure */
export const reached = ({ sign, bound }, figure) => COMPARE[sign](figure, bound);

/**
 * Return the figures that were kept, as they are written in the form.
 * @param {unknown} more
 * @returns {string[]}
 */
export function read(more) {
  const figures = record(more) && list(more.figures, known) ? more.figures : [];
  return figures.map((figure) => String(figure ?? ""));
}

/** @param {unknown} value @returns {value is number | null} */
const known = (value) => value === null || Number.isFinite(value);
