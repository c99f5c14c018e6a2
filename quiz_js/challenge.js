// <quiz-challenge>: five problems against a clock that can be paused, extended or switched off. It
// locks nobody out: when it has run down it says so, and nothing else happens. All five right, at
// one attempt each, earn the topic's badge.

import { button } from "./element.js";
import { Sequence } from "./sequence.js";
import { ended, place, record } from "./store.js";

/** @typedef {import("./clock.js").Clock["left"]} Seconds by question */
/**
 * @typedef {{at: number, left: Seconds, spent: Seconds, ended?: boolean}} Kept
 *   what a challenge keeps: which question is shown, the time left and taken for each, and whether
 *   its result is shown
 */

export class QuizChallenge extends Sequence {
  /** @type {import("./timer.js").Timer | undefined} loaded when the challenge starts */
  #timer;

  /** @override */
  begin() {
    const { more, pool } = this;
    for (const item of pool) item.setting = "challenge";
    this.ask(pool, -1, false);
    const done = pool.filter((item) => item.ended).length;
    const at = more ? place(more) : pool.findIndex((item) => !item.ended);
    this.heading = done ? `${done} of ${pool.length} problems done` : `${pool.length} problems`;
    this.offer(button(done || more ? "Go on" : "Start", () => this.show(pool[at] ? at : 0), true));
    this.announce(
      "One attempt each. Pause the clock, or switch it off: when it has run down, nothing is lost."
    );
    if (ended(more)) this.finish(false);
  }

  /** @override @param {AbortSignal} signal */
  connect(signal) {
    super.connect(signal);
    this.#timer?.run(signal);
  }

  /** @override @param {number} at @param {boolean} [focus] */
  show(at, focus = true) {
    super.show(at, focus);
    if (!this.item) return;
    this.announce("");
    // The clock takes room above the question.
    this.#time().then(() => focus && this.at === at && this.arrive());
  }

  async #time() {
    if (!this.#timer) {
      this.offer();
      const loaded = await import("./timer.js").catch(() => null);
      // Without the network there is no clock; the problems can be answered all the same.
      if (!loaded) return;
      this.#timer ??= new loaded.Timer(this);
    }
    this.#timer.show();
  }

  /** @override */
  answered() {
    super.answered();
    this.#timer?.stop();
  }

  /** @override */
  anew() {
    this.#timer?.reset();
    super.anew();
  }

  /** @override @param {boolean} [focus] */
  async finish(focus = true) {
    this.offer();
    const results = await this.loaded(import("./results.js"));
    if (!results) return;
    this.announce("");
    this.conclude(results.challenge(this), focus);
    this.keep({ ...(record(this.more) ? this.more : {}), ended: true });
  }
}
