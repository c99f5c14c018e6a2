// Written by `python -m unrolled.site.shared` from hooks/unrolled/site/shared.py: edit that, not this.

/**
 * @typedef {"learn" | "visualize" | "recap" | "practice" | "challenge" | "test" | "experiment" |
 * "walkthrough" | "debug" | "deepdive" | "cheatsheet"} Mode
 */

/**
 * @typedef {"question__title" | "question__options" | "question__option" | "question__rationales" |
 * "question__verdict" | "question__answer" | "question__key" | "question__proof" | "question__read"
 * | "question__facts" | "question-part--hint" | "question-part--solution" | "is-key" |
 * "is-distractor" | "card__back" | "explain__concepts" | "hub__learn" | "cell" | "cell-output" |
 * "cell-output--error" | "cell-figure" | "predict" | "example" | "claim__tick" | "proofs__line" |
 * "errors__entry" | "errors__cause" | "errors__message" | "errors__count" | "trace__figures" |
 * "trace__all" | "trace__svg" | "trace__column" | "trace__row" | "trace__zero" | "trace__end" |
 * "trace__bar"} ClassName
 */

/**
 * @typedef {"bound" | "cell" | "claim" | "drawn" | "hash" | "id" | "items" | "kind" | "level" |
 * "mode" | "multiple" | "name" | "part" | "patterns" | "read" | "refusals" | "repository" |
 * "seconds" | "skill" | "table" | "topic" | "torch" | "trace" | "typed" | "variants"} Fact
 */

export const KEY = "unrolled";
export const VERSION = 1;
export const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
export const DRAWN = 10;
export const ATTEMPTS = {
  few: 1,
  many: 2,
  fewOptions: 3
};
