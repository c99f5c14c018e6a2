// <quiz-card>: a card turns as any <details> does, or by a swipe; then the reader says whether they
// knew it.

import { actions, button, QuizElement } from "./element.js";
import { marked, rating } from "./recall.js";
import * as store from "./store.js";

/** @typedef {import("./recall.js").Mark} Mark */
/** @typedef {import("./shared.js").ClassName} ClassName */

const SWIPE = 40;
const SAID = { none: "", known: "You knew it.", unknown: "Not yet." };

/** Say when a card comes back. @param {number} [due] in milliseconds */
function returns(due) {
  if (!due) return "";
  const day = (/** @type {number} */ time) => new Date(time).setHours(0, 0, 0, 0);
  const days = Math.round((day(due) - day(Date.now())) / 864e5);
  /** @type {Intl.DateTimeFormatOptions} */
  const form = { weekday: "long", day: "numeric", month: "long" };
  const date = new Date(due).toLocaleDateString(document.documentElement.lang || "en", form);
  return `It comes back ${days < 1 ? "today" : days < 2 ? "tomorrow" : `on ${date}`}.`;
}

export class QuizCard extends QuizElement {
  /** @type {Mark} */
  #mark = "none";
  #reviewed = false;
  /** Where a touch began. */
  #from = NaN;

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
    this.addEventListener("touchstart", ({ touches: [{ clientX }] }) => (this.#from = clientX), {
      passive: true
    });
    this.addEventListener("touchend", ({ changedTouches: [{ clientX }] }) => {
      if (Math.abs(clientX - this.#from) > SWIPE) turn.open = !turn.open;
    });
    return true;
  }

  /** @param {Mark} mark */
  #judge(mark) {
    const counts = rating(this.#mark, mark, this.#reviewed);
    store.set(this.id, this.hash, { done: true, right: mark === "known", tries: 1 }, counts);
    if (!this.#reviewed) this.#show(mark);
    this.announce(this.#reviewed ? SAID[mark] : `${SAID[mark]} ${returns(this.entry?.due)}`);
    this.dispatchEvent(new Event("quiz-done", { bubbles: true }));
  }

  /** @override */
  restore() {
    if (this.#reviewed) return;
    const mark = marked(this.entry);
    this.#show(mark);
    this.announce(
      !this.entry && this.edited
        ? "This card was edited since, so it counts as new."
        : [SAID[mark], mark === "none" ? "" : returns(this.entry?.due)].join(" ").trim()
    );
  }

  /** @param {Mark} mark */
  #show(mark) {
    this.#mark = mark;
    this.classList.toggle(/** @satisfies {ClassName} */ ("is-key"), mark === "known");
    this.classList.toggle(/** @satisfies {ClassName} */ ("is-distractor"), mark === "unknown");
  }
}
