// <quiz-learn>: on request, covers the lesson's outputs, so that readers predict each before they
// see it.

import { button, make, QuizElement } from "./element.js";
import * as store from "./store.js";

/** @typedef {import("./shared.js").ClassName} ClassName */
/** @typedef {{on: boolean}} Setting what is kept under the key of all lessons */

const SETTING = "settings/predict";
const ITEMS = /** @satisfies {`quiz-question, quiz-experiment, .${ClassName}`} */ (
  "quiz-question, quiz-experiment, .example"
);

export class QuizLearn extends QuizElement {
  /**
   * @type {{pane: HTMLElement, cover: HTMLElement}[]} outputs, each with the button that takes its
   *   place
   */
  #outputs = [];
  #covered = false;
  #switch = button("Predict first", () => {
    store.set(SETTING, "", { more: /** @type {Setting} */ ({ on: !this.#covered }) });
    this.#cover(!this.#covered);
  });

  /** @override */
  upgrade() {
    const article = this.closest("article") ?? document.body;
    /** @type {NodeListOf<HTMLElement>} */
    const panes = article.querySelectorAll(
      /** @satisfies {`.${ClassName}, .${ClassName}`} */ (".cell-output, .cell-figure")
    );
    this.#outputs = [...panes]
      .filter((pane) => !pane.closest(ITEMS))
      .map((pane) => ({ pane, cover: this.#make(pane) }));
    if (!this.#outputs.length) return false;
    this.#switch.classList.add("predict__switch");
    this.status.className = /** @satisfies {ClassName} */ ("question__facts");
    (article.querySelector("h1") ?? this).after(
      make("div", { class: "predict" }, this.#switch, this.status)
    );
    const more = store.get(SETTING)?.more;
    this.#cover(store.record(more) && more.on === true);
    return true;
  }

  /** Make the button that takes an output's place. @param {HTMLElement} pane */
  #make(pane) {
    const cover = button("Show what it gives", () => {
      pane.hidden = false;
      pane.setAttribute("tabindex", "-1");
      pane.focus();
      cover.remove();
    });
    cover.classList.add("predict__cover");
    return cover;
  }

  /** @param {boolean} on */
  #cover(on) {
    this.#covered = on;
    this.#switch.setAttribute("aria-pressed", String(on));
    this.announce(on ? "Outputs are covered. Predict each, then show it." : "");
    for (const { pane, cover } of this.#outputs) {
      pane.hidden = on;
      if (on) pane.before(cover);
      else cover.remove();
    }
  }
}
