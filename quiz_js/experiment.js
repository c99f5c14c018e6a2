// <quiz-experiment>: hints one at a time, a solution behind a deliberate second step, and the reader's own figures held against the targets.

import { button, make, many } from "./dom.js";
import * as store from "./store.js";

/** @type {Record<string, (a: number, b: number) => boolean>} */
const COMPARE = { ">=": (a, b) => a >= b, "<=": (a, b) => a <= b, ">": (a, b) => a > b, "<": (a, b) => a < b };

class QuizExperiment extends HTMLElement {
  get hash() {
    return this.dataset.hash ?? "";
  }

  connectedCallback() {
    if (this.status) return;
    const hints = /** @type {HTMLDetailsElement[]} */ ([...this.querySelectorAll(".question-part--hint")]);
    hints.forEach((hint, i) => {
      hint.hidden = i > 0;
      hint.addEventListener("toggle", () => hint.open && hints[i + 1]?.removeAttribute("hidden"));
    });
    this.status = make("p", { role: "status", class: "question__status" });
    this.querySelector("[data-table=targets]")?.after(this.form());
    const solution = /** @type {HTMLDetailsElement | null} */ (this.querySelector(".question-part--solution"));
    if (solution) this.guard(solution, hints.length);
    this.restore();
  }

  /** Ask for the reader's figures of the solution's targets. */
  form() {
    const rows = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("tr[data-bound]")].filter((row) => row instanceof HTMLElement && row.dataset.name?.startsWith("solution ")));
    /** @type {[HTMLInputElement, string, number][]} */
    const asked = rows.flatMap((row) => {
      const [, sign, bound] = /^([<>]=?)(.+)$/.exec(row.dataset.bound ?? "") ?? [];
      const input = /** @type {HTMLInputElement} */ (make("input", { type: "number", step: "any", inputmode: "decimal", required: "" }));
      return sign ? [[input, sign, Number(bound)]] : [];
    });
    const form = make("form", { class: "question__form experiment__form" }, make("p", {}, "What did yours give? Enter the figures of your own run:"));
    asked.forEach(([input], i) => form.append(make("label", {}, rows[i].dataset.name?.replace("solution ", "") ?? "", " ", input)));
    form.append(make("button", { type: "submit", class: "question__button question__button--main" }, "Compare with the targets"), this.status ?? "");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const missed = asked.filter(([input, sign, bound]) => !COMPARE[sign](input.valueAsNumber, bound));
      const chosen = asked.map(([input]) => input.valueAsNumber);
      store.set(this.id, this.hash, { done: true, right: !missed.length, more: { figures: chosen } });
      this.say(missed.length ? `${many(missed.length, "target")} missed. Nothing is lost: change one thing, and run again.` : "All targets met.");
    });
    this.inputs = asked.map(([input]) => input);
    return asked.length ? form : make("div", {}, this.status ?? "");
  }

  /** Put a second step before the solution. @param {HTMLDetailsElement} solution @param {number} hints */
  guard(solution, hints) {
    const kept = [...solution.children].slice(1);
    const inner = make("div", { hidden: "", class: "experiment__solution" });
    inner.append(...kept);
    const ask = make("div", {}, make("p", {}, hints ? "Have you tried the hints? Your own attempt teaches more than this page can." : "Have you tried?"));
    const show = button("Show the solution", () => {
      inner.hidden = false;
      ask.remove();
      inner.setAttribute("tabindex", "-1");
      inner.focus();
    });
    ask.append(make("p", {}, show));
    solution.append(ask, inner);
  }

  restore() {
    const entry = store.get(this.id, this.hash);
    this.inputs?.forEach((input, i) => (input.value = String(entry?.more?.figures?.[i] ?? "")));
    if (entry?.done) this.say(entry.right ? "All targets met before." : "Tried before; some targets were missed.");
    else if (!entry && store.edited(this.id, this.hash)) this.say("This experiment was edited since you tried it, so it counts as new.");
  }

  /** @param {string} words */
  say(words) {
    if (this.status) this.status.textContent = words;
  }
}

customElements.define("quiz-experiment", QuizExperiment);
