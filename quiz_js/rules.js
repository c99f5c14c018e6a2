// Written by `python -m unrolled.site.shared` from hooks/unrolled/site/shared.py: edit that, not this.

export const LEVELS = /** @type {const} */ (["easy", "medium", "hard"]);
export const PASS = {
  known: 1,
  partly: 4
};
export const PROBLEMS = "five";
export const SIGNS = /** @type {const} */ ([">=", "<=", ">", "<"]);
export const SOLUTION = "solution";
export const NOISE = {
  PATH: "(?:[a-z]:)?[\\\\/][^\\s:,'\\\"]+",
  QUOTED: "'[^'\\n]*'|\\\"[^\\\"\\n]*\\\"|`[^`\\n]*`",
  TYPE: "\\btorch\\.\\w+",
  LIST: "\\[[^\\]\\n]*\\]|\\([^a-z()\\n]*\\)",
  NUMBER: "[-+]?\\b\\d[\\d.x]*\\b"
};
export const WORD = "[a-z_]\\w*";
export const NAME = "'[^'\\n]*'|\\\"[^\\\"\\n]*\\\"|`[^`\\n]*`|\\b\\w+\\[\\d\\]";
