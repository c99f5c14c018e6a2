// <quiz-learn>: on request, has readers predict the lesson's outputs before they see them.

import { button, QuizElement } from "./element.js";
import * as store from "./store.js";

/** @typedef {import("./shared.js").ClassName} ClassName */
/** @typedef {{on: boolean}} Setting what is kept under the key of all lessons */

const SETTING = "settings/predict";
const ITEMS = /** @satisfies {`quiz-question, quiz-experiment, .${ClassName}`} */ (
  "quiz-question, quiz-experiment, .example"
);

export class QuizLearn extends QuizElement {
  /** @type {HTMLElement[]} */
  #panes = [];
  /** @type {import("./predict.js").Prediction | undefined} loaded when a reader predicts */
  #prediction;
  #covered = false;
  #switch = button("Predict first", () => {
    store.set(SETTING, "", { more: /** @type {Setting} */ ({ on: !this.#covered }) });
    this.#cover(!this.#covered);
  });

  /** @override */
  upgrade() {
    const article = this.closest("article") ?? document.body;
    /** @type {NodeListOf<HTMLElement>} */
    const panes = article.querySelectorAll(/** @satisfies {`.${ClassName}`} */ (".cell-output"));
    this.#panes = [...panes].filter((pane) => !pane.closest(ITEMS));
    if (!this.#panes.length) return false;
    this.#switch.classList.add("predict__switch");
    this.status.className = /** @satisfies {ClassName} */ ("question__facts");
    article
      .querySelector(/** @satisfies {`.${ClassName}`} */ (".predict"))
      ?.append(this.#switch, this.status);
    const more = store.get(SETTING)?.more;
    this.#cover(store.record(more) && more.on === true);
    return true;
  }

  /** @param {boolean} on */
  async #cover(on) {
    this.#covered = on;
    this.#switch.setAttribute("aria-pressed", String(on));
    this.announce(on ? "What can be predicted is covered. Type what you expect." : "");
    if (!on) return this.#prediction?.end();
    const loaded = await import("./predict.js").catch(() => null);
    if (!loaded) return this.announce("This needs the network.");
    // It may have been switched off meanwhile.
    if (this.#covered) this.#prediction = loaded.begin(this.#panes, this);
  }
}
