// <quiz-exercise>: the stub and the check to copy together, and the reader's word that it is solved.

import { copied } from "./clipboard.js";
import { actions, button, QuizElement } from "./element.js";
import * as store from "./store.js";

/** @typedef {import("./shared.js").ClassName} ClassName */
/** @typedef {import("./shared.js").Fact} Fact */

/** What the reader takes along: the cell to fill in, and the cell that checks it; no part else. */
const TAKEN = /** @satisfies {`.${ClassName}[data-${Fact}]`} */ (".cell[data-part]");

export class QuizExercise extends QuizElement {
  #solved = button("I solved it", () => this.#solve(), true);

  /** @override */
  upgrade() {
    this.unfold();
    const copy = button("Copy stub and check", () => this.#copy());
    const row = actions(copy, this.#solved);
    const last = [...this.querySelectorAll(TAKEN)].at(-1);
    if (!last) return false;
    last.after(row, this.status);
    return true;
  }

  async #copy() {
    const codes = [...this.querySelectorAll(`${TAKEN} pre > code`)].map(
      (code) => code.textContent ?? ""
    );
    const text = codes.map((code) => code.trimEnd()).join("\n\n\n") + "\n";
    this.announce(
      (await copied(text))
        ? "Copied. Paste it below the code that comes before, and fill it in."
        : "The browser did not let us copy. Select the code instead."
    );
  }

  #solve() {
    store.set(this.id, this.hash, { done: true, right: true, tries: 1 });
    this.restore();
    this.dispatchEvent(new Event("quiz-done", { bubbles: true }));
  }

  /** @override */
  restore() {
    const done = this.entry?.done ?? false;
    this.#solved.toggleAttribute("disabled", done);
    if (done) this.announce("Solved. The check was silent.");
    else if (this.edited) this.announce("This exercise was edited since, so it counts as new.");
  }
}
