// <quiz-practice>: the page's questions one at a time, each with its feedback, and at the end what
// to read again.

import { Sequence } from "./sequence.js";
import { ended, place } from "./store.js";

/**
 * @typedef {{at: number, ended?: boolean}} Kept what practice keeps: which question is shown, and
 *   whether its result is
 */

export class QuizPractice extends Sequence {
  /** @override */
  begin() {
    const { pool } = this;
    const at = place(this.more);
    const { named } = this;
    this.ask(pool, named >= 0 ? named : pool[at] ? at : 0, named >= 0);
    if (named < 0 && ended(this.more)) this.finish(false);
  }

  /** Position of the question that the address names, by itself or by its title; -1 for none. */
  get named() {
    const name = location.hash.slice(1).replace(/-title$/, "");
    return this.pool.findIndex((item) => item.id === name);
  }

  /** @override @param {AbortSignal} signal */
  connect(signal) {
    super.connect(signal);
    const go = () => this.named >= 0 && this.show(this.named);
    addEventListener("hashchange", go, { signal });
  }

  /** @override @param {number} at @param {boolean} [focus] */
  show(at, focus = true) {
    super.show(at, focus);
    if (focus) this.keep(/** @type {Kept} */ ({ at }));
  }

  /** @override */
  answered() {
    super.answered();
    // So that the end is there, should the network be gone by then.
    import("./results.js").catch(() => {});
  }

  /** @override @param {boolean} [focus] */
  async finish(focus = true) {
    const { at } = this;
    const results = await this.loaded(import("./results.js"));
    if (!results) return;
    this.conclude(results.practice(this), focus);
    this.keep(/** @type {Kept} */ ({ at, ended: true }));
  }
}
