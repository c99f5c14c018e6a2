// <quiz-explain>: free recall. The reader writes, then compares with the concepts and ticks those
// that they named.

import { make, QuizElement } from "./element.js";
import * as store from "./store.js";

const PAUSE = 400;

export class QuizExplain extends QuizElement {
  #box = make("textarea", { class: "explain__text", rows: "5" });
  /** @type {HTMLInputElement[]} */
  #ticks = [];
  /** @type {HTMLDetailsElement | null} */
  #answer = null;
  /** Keeps what is being written, a moment later; 0 when all of it is kept. */
  #timer = 0;

  /** @override */
  upgrade() {
    const answer = (this.#answer = this.querySelector("details"));
    const concepts = this.find("explain__concepts");
    if (!answer || !concepts) return false;
    this.#box.id = `${this.id}-text`;
    answer.before(
      make("label", { class: "explain__label", for: this.#box.id }, "In your own words"),
      this.#box
    );
    this.#ticks = [...concepts.children].map((item) => {
      const tick = make("input", { type: "checkbox" });
      item.replaceChildren(make("label", {}, tick, make("span", {}, ...item.childNodes)));
      return tick;
    });
    concepts.before(make("p", {}, "Tick each concept that you named:"));
    answer.after(this.status);
    this.#box.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#keep(), PAUSE);
    });
    this.#box.addEventListener("change", () => this.#keep());
    concepts.addEventListener("change", () => this.#compare());
    answer.addEventListener("toggle", () => answer.open && this.#compare());
    return true;
  }

  /** @override @param {AbortSignal} signal */
  connect(signal) {
    super.connect(signal);
    signal.addEventListener("abort", () => this.#timer && this.#keep());
  }

  /** Positions of the concepts that the reader ticked. */
  get #named() {
    return this.#ticks.flatMap((tick, i) => (tick.checked ? [i] : []));
  }

  #keep() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const chosen = this.#named;
    const done = this.#answer?.open || this.entry?.done === true;
    store.set(this.id, this.hash, {
      text: this.#box.value,
      chosen,
      done,
      right: chosen.length === this.#ticks.length
    });
  }

  #compare() {
    this.#keep();
    this.#tell();
  }

  #tell() {
    this.announce(`${this.#named.length} of ${this.#ticks.length} concepts`);
  }

  /** @override */
  restore() {
    const { entry } = this;
    if (document.activeElement !== this.#box) this.#box.value = String(entry?.text ?? "");
    this.#ticks.forEach((tick, i) => (tick.checked = entry?.chosen?.includes(i) ?? false));
    if (entry?.done) this.#tell();
    if (!entry && this.edited)
      this.announce("The concepts were edited since, so this counts as new.");
  }
}
