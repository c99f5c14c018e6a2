// The bar beneath a question: the panel of feedback, and the buttons, of which one is the main one.

import { actions, button, make } from "./element.js";

/** @typedef {import("./attempt.js").Attempt} Attempt */
/** @typedef {import("./attempt.js").Setting} Setting */

/** Milliseconds within which a second Enter or click is taken for part of the first. */
const TWICE = 300;

export class Bar {
  /** Where it is said why. */
  told = make("div", { class: "question__told" });
  panel = make("div", {
    class: "question__panel",
    role: "group",
    "aria-label": "Feedback",
    tabindex: "-1"
  });
  #check;
  #again;
  #next = button("Next", (event) => this.#leave(event), true);
  #skip = button("Skip", (event) => this.#leave(event));
  #row;
  /** @type {(() => void) | undefined} leads to what comes after it, where something does */
  #on;
  /** When the last step was taken. */
  #stepped = 0;

  /**
   * @param {Element} status what announces
   * @param {() => void} submit
   * @param {() => void} again
   */
  constructor(status, submit, again) {
    this.#check = button("Check", submit, true);
    this.#again = button("Try again", again);
    this.#row = actions(this.#check, this.#next, this.#skip, this.#again);
    this.panel.append(status, this.told);
    this.element = make("div", { class: "question__bar" }, this.panel, this.#row);
  }

  /** A step was taken just now. */
  stepped() {
    // Of the same clock as the time of an event.
    this.#stepped = performance.now();
  }

  /** Whether a press may still belong to the last step. */
  get busy() {
    return performance.now() - this.#stepped <= TWICE;
  }

  /**
   * Lead on from here: once there is nothing to check, in place of Check.
   * @param {string} words
   * @param {() => void} [on] none where nothing follows
   * @param {Node[]} others further ways
   */
  lead(words, on, ...others) {
    this.#next.textContent = words;
    this.#on = on;
    for (const old of [...this.#row.children].slice(4)) old.remove();
    this.#again.after(...others);
  }

  /** Go on, unless the press belongs to the one that checked. @param {MouseEvent} event */
  #leave({ detail, timeStamp }) {
    if (detail === 1 || timeStamp - this.#stepped > TWICE) this.#on?.();
  }

  /** Show the buttons that there are now. @param {Attempt} attempt @param {Setting} setting */
  show({ phase, tries }, setting) {
    const ended = phase !== "open";
    const silent = setting === "test";
    this.panel.dataset.phase = !ended && tries ? "wrong" : phase;
    this.#check.hidden = ended || silent;
    this.#next.hidden = !this.#on || !(ended || silent);
    this.#skip.hidden = !this.#on || ended || silent;
    this.#again.hidden = !ended || setting !== "practice";
  }

  /** Give the focus to what comes next. */
  focus() {
    // Where nothing follows, to what it says: a second Enter must not begin anew.
    (this.#next.hidden ? this.panel : this.#next).focus();
  }
}
