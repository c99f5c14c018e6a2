// <quiz-card>: a card turns as any <details> does, or by a swipe; then the reader says whether they
// knew it.

import { actions, button, QuizElement } from "./element.js";
import { marked, rating } from "./recall.js";
import * as store from "./store.js";

/** @typedef {import("./recall.js").Mark} Mark */
/** @typedef {import("./shared.js").ClassName} ClassName */

const SWIPE = 40;
const SAID = { none: "", known: "You knew it.", unknown: "Not yet." };

export class QuizCard extends QuizElement {
  /** @type {Mark} */
  #mark = "none";
  #reviewed = false;

  /** Where it is asked: the review shows no mark made before. */
  set setting(/** @type {import("./attempt.js").Setting} */ setting) {
    this.#reviewed = setting === "review";
  }

  /** @override */
  upgrade() {
    const turn = this.querySelector("details");
    const back = this.find("card__back");
    if (!turn || !back) return false;
    const knew = button("I knew it", () => this.#judge("known"));
    const not = button("Not yet", () => this.#judge("unknown"));
    back.append(actions(knew, not), this.status);
    let from = NaN;
    this.addEventListener(
      "pointerdown",
      (event) => (from = event.pointerType === "mouse" ? NaN : event.clientX)
    );
    this.addEventListener("pointerup", (event) => {
      if (Math.abs(event.clientX - from) > SWIPE) turn.open = !turn.open;
      from = NaN;
    });
    return true;
  }

  /** @param {Mark} mark */
  #judge(mark) {
    const counts = rating(this.#mark, mark, this.#reviewed);
    store.set(this.id, this.hash, { done: true, right: mark === "known", tries: 1 }, counts);
    if (!this.#reviewed) this.#show(mark);
    this.announce(`${SAID[mark]} It comes back ${mark === "known" ? "in some days" : "tomorrow"}.`);
    this.dispatchEvent(new Event("quiz-done", { bubbles: true }));
  }

  /** @override */
  restore() {
    if (this.#reviewed) return;
    const mark = marked(this.entry);
    this.#show(mark);
    this.announce(
      !this.entry && this.edited ? "This card was edited since, so it counts as new." : SAID[mark]
    );
  }

  /** @param {Mark} mark */
  #show(mark) {
    this.#mark = mark;
    this.classList.toggle(/** @satisfies {ClassName} */ ("is-key"), mark === "known");
    this.classList.toggle(/** @satisfies {ClassName} */ ("is-distractor"), mark === "unknown");
  }
}
