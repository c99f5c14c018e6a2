// Answers that are typed: a shape or a number in a line of its own, or what goes into the blanks of
// code. What was typed is compared with the options; it is never run.

import { button, make } from "./element.js";
import * as store from "./store.js";
import { styled } from "./styles.js";
import * as values from "./values.js";

/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */
/** @typedef {import("./shared.js").ClassName} ClassName */
/**
 * @typedef {object} Answer
 * @property {string} said what was typed
 * @property {string} words how it differs from the key, where it is none of the options
 */

const SETTING = "settings/typed";
const OPTION = /** @satisfies {`.${ClassName}`} */ (".question__option");
const UNREADABLE = {
  shape: "This is no shape. Write its sizes, such as 4, 7, 3. It costs nothing.",
  number: "This is no number. Write it in digits. It costs nothing.",
  code: "A blank is empty. It costs nothing: write something into each."
};

/**
 * Let a question be typed or chosen, as the reader wants it.
 * @param {QuizQuestion} item
 * @param {boolean} [on] what the reader wants from now on; not given where nobody was asked
 */
export function turn(item, on = true) {
  item.typing?.end();
  item.typing = undefined;
  if (!on) return;
  styled("typed.css");
  item.typing = item.dataset.typed === "code" ? new Blanks(item) : new Line(item);
  item.typing.write(item.draft);
  item.typing.show(item.ended);
}

/** Keep what the reader wants. @param {boolean} on */
export const keep = (on) => store.set(SETTING, "", { more: { on } });

/**
 * Make a field in which nothing is put right.
 * @param {Record<string, string>} attributes
 */
const field = (attributes) =>
  make("input", {
    type: "text",
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    ...attributes
  });

/** What typing has in common, whatever is typed. @abstract */
export class Typing {
  /** @type {HTMLInputElement[]} */
  inputs = [];

  /** @param {QuizQuestion} item */
  constructor(item) {
    this.item = item;
    this.choices = item.querySelector(".question__form");
  }

  /** What is typed, as it stands. */
  get said() {
    return this.inputs
      .map((input) => input.value.trim())
      .join(" ")
      .trim();
  }

  /** What is in each field. */
  get texts() {
    return this.inputs.map((input) => input.value);
  }

  /** Put back what was typed. @param {readonly string[]} texts */
  write(texts) {
    this.inputs.forEach((input, i) => (input.value = texts[i] ?? ""));
  }

  /** The position of the option that says the same; -1 for none, undefined where it says nothing. */
  /** @returns {number | undefined} @abstract */
  find() {
    return undefined;
  }

  /** How it differs from the key. @abstract */
  differs() {
    return "";
  }

  /** Choose the option that was typed. @returns {Answer | null} null where it cannot be read */
  answer() {
    const at = this.find();
    this.item.choose(at === undefined || at < 0 ? [] : [at]);
    if (at !== undefined) return { said: this.said, words: at < 0 ? ` ${this.differs()}` : "" };
    const { typed } = this.item.dataset;
    this.item.announce(UNREADABLE[/** @type {keyof UNREADABLE} */ (typed)]);
    return null;
  }

  /** Hear of what is typed in a test, which nobody submits. */
  hear() {
    for (const input of this.inputs)
      input.addEventListener("input", () => {
        const at = this.find();
        if (this.item.silent) this.item.choose(at === undefined || at < 0 ? [] : [at]);
      });
  }

  /** Show the options only once it is answered. @param {boolean} ended */
  show(ended) {
    this.choices?.toggleAttribute("hidden", !ended);
    for (const input of this.inputs) input.disabled = ended;
  }

  clear() {
    for (const input of this.inputs) input.value = "";
  }

  focus() {
    this.inputs[0]?.focus();
  }

  /** Let it be chosen again. */
  end() {
    this.choices?.removeAttribute("hidden");
  }
}

/** A shape or a number. */
class Line extends Typing {
  #box;
  #kind;

  /** @param {QuizQuestion} item */
  constructor(item) {
    super(item);
    this.#kind = /** @type {values.Kind} */ (item.dataset.typed);
    // Digits, comma and point are enough: 4,7,3 and 4.7.3 are shapes too.
    const input = field({ inputmode: "decimal", id: `${item.id}-typed`, enterkeyhint: "done" });
    const label = make("label", { for: input.id }, `Type the ${this.#kind}`);
    const choose = button("choose instead", () => {
      keep(false);
      turn(item, false);
      item.options[0].input.focus();
    });
    choose.className = "question__way";
    this.inputs = [input];
    this.#box = make("div", { class: "question__typed" }, label, ", or ", choose, input);
    this.choices?.before(this.#box);
    this.hear();
  }

  /** @param {number} at @returns {number[] | null} */
  #value(at) {
    const text = this.item.options[at].item.querySelector(OPTION)?.textContent ?? "";
    return values.read(text, this.#kind);
  }

  /** @override */
  find() {
    const given = values.read(this.inputs[0].value, this.#kind);
    if (!given) return undefined;
    return this.item.options.findIndex((_, at) => {
      const value = this.#value(at);
      return value && values.same(value, given);
    });
  }

  /** @override */
  differs() {
    const given = values.read(this.inputs[0].value, this.#kind);
    const key = this.#value([...this.item.keys][0]);
    return given && key ? values.difference(given, key, this.#kind) : "";
  }

  /** @override @param {boolean} ended */
  show(ended) {
    super.show(ended);
    this.#box.hidden = ended;
  }

  /** @override */
  end() {
    super.end();
    this.#box.remove();
  }
}

/** The blanks of code. */
class Blanks extends Typing {
  /** @param {QuizQuestion} item */
  constructor(item) {
    super(item);
    const code = item.querySelector('[data-part="blank"] code');
    this.inputs = code ? [...blanks(code)] : [];
    this.hear();
  }

  /** @override */
  find() {
    const given = this.inputs.map((input) => input.value);
    if (!given.every((text) => text.trim())) return undefined;
    return this.item.options.findIndex(({ item }) => {
      const fillings = [...item.querySelectorAll(`${OPTION} code`)].map((one) => one.textContent);
      return given.every((text, i) => values.sameCode(text, fillings[i] ?? ""));
    });
  }

  /** @override */
  differs() {
    return "No run has tried this filling, so it is not among those known to be right.";
  }
}

/**
 * Put a field into each blank of code, once.
 * @param {Element} code
 */
function* blanks(code) {
  const there = code.querySelectorAll("input");
  if (there.length) return yield* there;
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const texts = [];
  while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
  let number = 0;
  for (let text of texts)
    for (let at = text.data.indexOf("____"); at >= 0; at = text.data.indexOf("____")) {
      const rest = text.splitText(at);
      text = rest.splitText(4);
      const input = field({
        class: "question__blank",
        "aria-label": `Blank ${++number}`,
        size: "12"
      });
      rest.replaceWith(input);
      yield input;
    }
}
