// Predicting outputs: a field for each shape and number beneath what is covered. The sentences and
// comments that tell it are covered with it.

import { actions, button, make } from "./element.js";
import { foreseen, holds, quantities, tells } from "./expected.js";
import { styled } from "./styles.js";
import { many } from "./words.js";

/** @typedef {import("./expected.js").Quantity} Quantity */

const CODE = ".highlight :is(.c, .c1)";
/** Where what an output is about ends. */
const END = ".cell, h1, h2, h3, quiz-question, quiz-exercise, quiz-experiment, quiz-learn";
const KINDS = { shape: "a shape", number: "a number", truth: "True or False" };
const SENTENCE = /[.!?:](?=\s)/g;
let number = 0;

/** What a reader predicts on a page. */
export class Prediction {
  /** @type {Covered[]} */
  #covered;
  #score = make("p", { class: "predict__score", role: "status" });

  /** @param {readonly HTMLElement[]} panes @param {HTMLElement} place at the page's end */
  constructor(panes, place) {
    this.#covered = panes
      .filter((pane) => foreseen(said(pane)))
      .map((pane) => new Covered(pane, () => this.#count()));
    place.append(this.#score);
    this.#count();
  }

  /** Say at the end of the lesson how many were right. */
  #count() {
    const asked = this.#covered.flatMap(({ quantities: own }) => own).length;
    const checked = this.#covered.flatMap(({ verdicts }) => verdicts);
    const right = checked.filter(Boolean).length;
    const left = asked - checked.length;
    this.#score.textContent = checked.length
      ? `You predicted ${right} of ${checked.length} right.` +
        (left ? ` ${left} not predicted.` : "")
      : asked
        ? `${many(asked, "prediction")} to make in this lesson. None is made yet.`
        : "";
  }

  /** Show everything. */
  end() {
    for (const each of this.#covered) each.reveal();
    this.#score.remove();
  }
}

/** @param {readonly HTMLElement[]} panes @param {HTMLElement} place */
export function begin(panes, place) {
  styled("fields.css");
  styled("predict.css");
  return new Prediction(panes, place);
}

/** What an output says, without its label. @param {Element} pane */
const said = (pane) => (pane.querySelector("pre") ?? pane).textContent ?? "";

/** An output that is covered, with what tells it. */
class Covered {
  /** @type {readonly Quantity[]} */
  quantities;
  /** @type {boolean[]} of its quantities, once they are checked */
  verdicts = [];
  #pane;
  #changed;
  /** @type {(HTMLInputElement | HTMLSelectElement)[]} */
  #fields = [];
  #status = make("p", { role: "status", class: "predict__status" });
  #box = make("div", { class: "predict__cover" });
  /** @type {(() => void)[]} each shows again what was covered besides */
  #uncover = [];

  /** @param {HTMLElement} pane @param {() => void} changed */
  constructor(pane, changed) {
    this.#pane = pane;
    this.#changed = changed;
    this.quantities = quantities(said(pane));
    const rows = this.quantities.map((quantity) => this.#ask(quantity));
    const check = button("Check my prediction", () => this.#check(), true);
    const show = button("Show what it gives", () => this.#show());
    this.#box.append(...rows, actions(...(rows.length ? [check] : []), show), this.#status);
    this.#box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
      event.preventDefault();
      if (!event.repeat) this.#check();
    });
    pane.before(this.#box);
    pane.hidden = true;
    this.#cover();
  }

  /** Make the field of a quantity. @param {Quantity} quantity */
  #ask({ kind, label }) {
    const id = `predict-${++number}`;
    const field =
      kind === "truth"
        ? make("select", { id }, ...["", "True", "False"].map((word) => make("option", {}, word)))
        : make("input", {
            id,
            type: "text",
            inputmode: "decimal",
            autocomplete: "off",
            spellcheck: "false"
          });
    this.#fields.push(field);
    const words = label
      ? [make("code", {}, label), `: ${KINDS[kind]}`]
      : [`Predict ${KINDS[kind]}`];
    return make("p", { class: "predict__field" }, make("label", { for: id }, ...words), field);
  }

  #check() {
    const verdicts = this.quantities.map((quantity, i) => holds(quantity, this.#fields[i].value));
    const unread = verdicts.indexOf(null);
    if (unread >= 0) {
      const { kind } = this.quantities[unread];
      this.#status.textContent = this.#fields[unread].value
        ? `This cannot be read as ${KINDS[kind]}. It costs nothing.`
        : "Predict each first. A guess is enough.";
      this.#fields[unread].focus();
      return;
    }
    this.verdicts = verdicts.map(Boolean);
    const right = this.verdicts.filter(Boolean).length;
    this.#show();
    const told = this.quantities.map((_, i) => {
      const mark = make(
        "span",
        { class: this.verdicts[i] ? "is-key" : "is-distractor" },
        `${this.verdicts[i] ? "✓" : "✗"} ${this.#fields[i].value}`
      );
      return [mark, " "];
    });
    this.#status.replaceChildren(
      `You predicted ${right} of ${verdicts.length} right: `,
      ...told.flat()
    );
    this.#pane.before(this.#status);
    this.#changed();
  }

  #show() {
    this.reveal();
    this.#pane.setAttribute("tabindex", "-1");
    this.#pane.focus();
  }

  /** Show the output, and what tells it. */
  reveal() {
    this.#pane.hidden = false;
    this.#box.remove();
    this.#status.remove();
    for (const show of this.#uncover.splice(0)) show();
  }

  /** Cover what tells the quantities: comments of the code, and sentences after it. */
  #cover() {
    const cell = this.#pane.closest(".cell") ?? this.#pane;
    for (const comment of cell.querySelectorAll(CODE)) this.#hide(comment, "# …");
    let after = cell.nextElementSibling;
    for (; after && !after.matches(END); after = after.nextElementSibling)
      for (const block of after.matches("p") ? [after] : after.querySelectorAll("p, li, td"))
        for (const sentence of sentences(block)) this.#hide(sentence, " … ");
  }

  /** Cover a part where it tells a quantity. @param {Element} part @param {string} words */
  #hide(part, words) {
    const text = part.textContent ?? "";
    const proved = part.querySelector(".claim--check") !== null;
    if (
      part.hasAttribute("hidden") ||
      !this.quantities.some(
        (quantity) => tells(quantity, text) || (quantity.kind === "truth" && proved)
      )
    )
      return;
    const stand = make("span", { class: "predict__hidden" }, words);
    part.setAttribute("hidden", "");
    part.before(stand);
    this.#uncover.push(() => {
      part.removeAttribute("hidden");
      stand.remove();
    });
  }
}

/**
 * Put each sentence of a block into an element of its own, once.
 * @param {Element} block
 * @returns {Element[]}
 */
function sentences(block) {
  const there = block.querySelectorAll(":scope > .predict__sentence");
  if (there.length) return [...there];
  /** @type {ChildNode[][]} */
  const found = [[]];
  for (let node = block.firstChild; node; node = node.nextSibling) {
    found[found.length - 1].push(node);
    if (!(node instanceof Text)) continue;
    SENTENCE.lastIndex = 0;
    const end = SENTENCE.exec(node.data);
    if (!end) continue;
    if (end.index + 1 < node.data.length) node.splitText(end.index + 1);
    found.push([]);
  }
  return found
    .filter((nodes) => nodes.length)
    .map((nodes) => {
      const span = make("span", { class: "predict__sentence" });
      nodes[0].before(span);
      span.append(...nodes);
      return span;
    });
}
