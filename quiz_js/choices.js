// What is chosen of a question's options, or typed in their place, and which of them are its keys.

import { QuizElement } from "./element.js";
import { LETTERS } from "./shared.js";

/** @typedef {import("./options.js").Option} Option */

/** An element whose answer is chosen among options, or typed. @abstract */
export class QuizChoices extends QuizElement {
  /** In the order of the source, by which answers are kept. @type {readonly Option[]} */
  options = [];
  /** In the order shown. @type {readonly Option[]} */
  shown = [];
  /** Where the answer is typed and not chosen. @type {import("./typed.js").Typing | undefined} */
  typing;
  /** What was typed into it before. @type {readonly string[]} */
  draft = [];

  /** Positions of the keys. */
  get keys() {
    const keys = this.#where((option) => option.key);
    if (this.dataset.typed !== "code") return keys;
    // One filling of those that are right is enough.
    const [first] = [...this.chosen].filter((i) => keys.has(i)).concat(...keys);
    return new Set([first]);
  }

  /** Positions of the options that are chosen now. */
  get chosen() {
    return this.#where((option) => option.input.checked);
  }

  /** The letters of the keys, as shown. */
  get letters() {
    const { keys } = this;
    return this.shown.filter(({ input }) => keys.has(Number(input.value))).map(this.letter);
  }

  /** The letter of an option, as shown. @param {Option} option */
  letter = (option) => LETTERS[this.shown.indexOf(option)];

  /** Whether something is chosen or typed. */
  get answered() {
    return this.chosen.size > 0 || this.draft.length > 0 || Boolean(this.typing?.said);
  }

  /** @param {(option: Option) => boolean} test @returns {Set<number>} */
  #where(test) {
    return new Set(this.options.flatMap((option, i) => (test(option) ? [i] : [])));
  }

  /** Name the keys by their letters in the answer. */
  nameKeys() {
    for (const place of [
      this.find("question__key")?.lastElementChild,
      document.getElementById(`${this.id}-key`)
    ])
      if (place) place.textContent = this.letters.join(", ");
  }

  /** Choose options. @param {readonly number[]} positions */
  choose(positions) {
    this.options.forEach(({ input }, i) => (input.checked = positions.includes(i)));
  }
}
