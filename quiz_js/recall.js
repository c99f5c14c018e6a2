// A card's mark, and what it counts as in the review. Pure functions, no document.

/** @typedef {"none" | "known" | "unknown"} Mark what the reader said of a card */

/**
 * Return the mark that was kept.
 * @param {import("./store.js").Entry} [entry]
 * @returns {Mark}
 */
export const marked = (entry) => (entry?.done ? (entry.right ? "known" : "unknown") : "none");

/**
 * Return what a mark counts as in the review: 0 for nothing, else 1 (again) to 4 (easy). The first
 * mark counts, and each in the review; changing one's mind does not.
 * @param {Mark} before
 * @param {Mark} mark
 * @param {boolean} reviewed whether the review asks
 */
export function rating(before, mark, reviewed) {
  if (before !== "none" && !reviewed) return 0;
  return mark === "known" ? 3 : 1;
}
