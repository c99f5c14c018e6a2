// Written by `python -m unrolled.site.shared` from hooks/unrolled/site/shared.py: edit that, not this.

export const LEVELS = /** @type {const} */ (["easy", "medium", "hard"]);
export const PASS = {
  known: 1,
  partly: 4
};
export const PROBLEMS = "five";
export const SIGNS = /** @type {const} */ ([">=", "<=", ">", "<"]);
export const SOLUTION = "solution";
