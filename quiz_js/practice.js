// <quiz-practice>: the page's questions one at a time, each with its feedback, and at the end what to read again.

import { button, make, many } from "./dom.js";
import { Sequence } from "./sequence.js";
import * as store from "./store.js";

class QuizPractice extends Sequence {
  begin() {
    this.items = this.all ?? [];
    const at = store.get(this.key)?.more?.at;
    const named = this.items.findIndex((item) => `#${item.id}` === location.hash);
    this.show(named >= 0 ? named : this.items[at] ? at : 0, named >= 0);
  }

  /** @param {number} at @param {boolean} [focus] */
  show(at, focus = true) {
    super.show(at, focus);
    if (focus) store.set(this.key, "", { more: { at } });
  }

  finish() {
    const first = this.items.filter((item) => item.right && item.tries === 1);
    const missed = this.items.filter((item) => (item.done || item.tries) && !first.includes(item));
    const open = this.items.filter((item) => !item.done);
    const words = `${first.length} of ${this.items.length} right at the first attempt`;
    const again = make("div", { class: "question__actions" }, button("Practice again", () => this.anew()));
    if (open.length) again.prepend(button("Go on", () => this.show(this.items.indexOf(open[0])), true));
    this.conclude(words, [
      make("p", {}, open.length ? `${many(open.length, "question")} still open.` : "All answered."),
      ...this.reading(missed),
      ...(missed.length ? [make("p", {}, "What you missed comes back in the review, beginning tomorrow.")] : []),
      again,
    ]);
  }

  anew() {
    this.forget(this.items);
    this.show(0);
  }
}

customElements.define("quiz-practice", QuizPractice);
