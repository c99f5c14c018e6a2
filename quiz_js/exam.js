// <quiz-test>: questions drawn evenly from the pool, no feedback until the end, then a verdict by
// level and by skill.

import { button } from "./element.js";
import { Sequence } from "./sequence.js";
import { DRAWN } from "./shared.js";

/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */

export class QuizTest extends Sequence {
  /**
   * @type {import("./sitting.js").Sitting | undefined} loaded when a test starts, or when one was
   *   taken before
   */
  #sitting;

  /** @override */
  get end() {
    return "Finish the test";
  }

  /** @override */
  begin() {
    this.ask([], -1, false);
    this.heading = `${DRAWN} questions, drawn from ${this.pool.length}`;
    this.announce(
      "Nothing is told before the end; then you get a verdict by level and by skill. " +
        "Other questions are drawn each time."
    );
    const { hash } = location;
    if (hash.startsWith("#assignment=")) this.#enter((sitting) => sitting.assign(hash));
    else if (this.more) this.#enter((sitting) => sitting.resume());
    else
      this.offer(
        button("Start the test", () => this.#enter((sitting) => sitting.sit()), true),
        button("For teachers", () => this.#enter((sitting) => sitting.teach()))
      );
  }

  /** @param {(sitting: import("./sitting.js").Sitting) => void} then */
  async #enter(then) {
    const loaded = await this.loaded(import("./sitting.js"));
    if (loaded) then((this.#sitting ??= new loaded.Sitting(this)));
  }

  /** @override @param {AbortSignal} signal */
  connect(signal) {
    super.connect(signal);
    const chosen = (/** @type {Event} */ event) =>
      this.#sitting?.note(/** @type {Element} */ (event.target));
    // What is typed is kept as it is typed: a reload asks nobody.
    for (const kind of ["input", "change"]) this.article.addEventListener(kind, chosen, { signal });
  }

  /** @override @param {number} at @param {boolean} [focus] */
  show(at, focus = true) {
    super.show(at, focus);
    if (this.item) this.#sitting?.hold({ at });
  }

  /** @override @param {QuizQuestion} item */
  state(item) {
    return item.silent ? `, ${item.answered ? "" : "not "}answered` : super.state(item);
  }

  /** @override */
  async finish() {
    this.#sitting?.finish();
  }
}
