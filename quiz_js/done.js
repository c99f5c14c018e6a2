// <quiz-done>: at the end of a page that is read, asks whether it is done.

import { actions, button, make, QuizElement } from "./element.js";
import * as store from "./store.js";

export class QuizDone extends QuizElement {
  #asked = make("p", { class: "done__asked" }, "Done?");
  // The second click of two says nothing more.
  #button = button("Yes, it is done", ({ detail }) => detail < 2 && this.#turn(), true);
  #ways = actions(this.#button);

  get #key() {
    return store.page(this.dataset.topic, this.dataset.mode);
  }

  get #done() {
    return store.get(this.#key)?.done ?? false;
  }

  /** @override */
  upgrade() {
    this.append(this.#asked, this.#ways, this.status);
    return true;
  }

  #turn() {
    store.set(this.#key, "", { done: !this.#done });
    this.restore();
  }

  /** @override */
  async restore() {
    const done = this.#done;
    this.#button.textContent = done ? "Not done yet" : "Yes, it is done";
    this.#button.classList.toggle("question__button--main", !done);
    this.announce(done ? "✓ Done. The topic's page says so too." : "");
    this.#asked.hidden = done;
    const results = done ? await import("./results.js").catch(() => null) : null;
    // The button stays where it is, with the focus.
    while (this.#button.nextSibling) this.#button.nextSibling.remove();
    this.#button.after(...(results?.onward() ?? []));
  }
}
