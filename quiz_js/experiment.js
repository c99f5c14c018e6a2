// <quiz-experiment>: hints one at a time, a solution behind a deliberate second step, and the
// reader's own figures held against the targets.

import { button, make, QuizElement } from "./element.js";
import * as figures from "./figures.js";
import { SOLUTION } from "./rules.js";
import * as store from "./store.js";
import { many } from "./words.js";

/** @typedef {import("./shared.js").Fact} Fact */

/** Of the trainings whose targets a page states, the reader's is like this one. */
const OWN = `${SOLUTION} `;

export class QuizExperiment extends QuizElement {
  /** @type {{input: HTMLInputElement, name: string, target: figures.Target}[]} what is asked */
  #asked = [];

  /** @override */
  upgrade() {
    this.unfold();
    /** @type {NodeListOf<HTMLElement>} */
    const rows = this.querySelectorAll(/** @satisfies {`tr[data-${Fact}]`} */ ("tr[data-bound]"));
    this.#asked = [...rows].flatMap(({ dataset: { name = "", bound = "" } }) => {
      const target = name.startsWith(OWN) && figures.target(bound);
      const input = make("input", {
        type: "number",
        step: "any",
        inputmode: "decimal",
        required: ""
      });
      return target ? [{ input, name: name.slice(OWN.length), target }] : [];
    });
    this.querySelector(
      /** @satisfies {`[data-${Fact}=targets]`} */ ("[data-table=targets]")
    )?.after(this.#asked.length ? this.#form() : make("div", {}, this.status));
    const solution = this.find("question-part--solution");
    if (solution) this.#guard(solution);
    this.#restore();
    return true;
  }

  /** Ask for the reader's figures of the solution's targets. */
  #form() {
    const lead = make("p", {}, "What did yours give? Enter the figures of your own run:");
    const labels = this.#asked.map(({ name, input }) => make("label", {}, name, " ", input));
    const compare = make(
      "button",
      { type: "submit", class: "question__button question__button--main" },
      "Compare with the targets"
    );
    const form = make(
      "form",
      { class: "question__form experiment__form" },
      lead,
      ...labels,
      compare,
      this.status
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#compare();
    });
    return form;
  }

  #compare() {
    const missed = this.#asked.filter(
      ({ input, target }) => !figures.reached(target, input.valueAsNumber)
    );
    /** @type {figures.Kept} */
    const more = { figures: this.#asked.map(({ input }) => input.valueAsNumber) };
    store.set(this.id, this.hash, { done: true, right: !missed.length, more });
    const which = missed.map(({ name }) => name).join(", ");
    const again = `missed: ${which}. Nothing is lost: change one thing, and run again.`;
    this.announce(missed.length ? `${many(missed.length, "target")} ${again}` : "All targets met.");
  }

  /** Put a second step before the solution. @param {HTMLElement} solution */
  #guard(solution) {
    const inner = make(
      "div",
      { hidden: "", class: "experiment__solution" },
      ...[...solution.children].slice(1)
    );
    const hints = this.find("question-part--hint");
    const words = hints
      ? "Have you tried the hints? Your own attempt teaches more than this page can."
      : "Have you tried?";
    const show = button("Show the solution", () => {
      inner.hidden = false;
      ask.remove();
      inner.setAttribute("tabindex", "-1");
      inner.focus();
    });
    const ask = make("div", {}, make("p", {}, words), make("p", {}, show));
    solution.append(ask, inner);
  }

  #restore() {
    const { entry } = this;
    const kept = figures.read(entry?.more);
    this.#asked.forEach(({ input }, i) => (input.value = kept[i] ?? ""));
    if (entry?.done)
      this.announce(
        entry.right ? "All targets met before." : "Tried before; some targets were missed."
      );
    else if (!entry && this.edited)
      this.announce("This experiment was edited since you tried it, so it counts as new.");
  }
}
