// <quiz-recap>: a recap's cards as a deck, one at a time.

import { actions, button, make, QuizElement } from "./element.js";
import * as store from "./store.js";

/** @typedef {import("./card.js").QuizCard} QuizCard */

export class QuizRecap extends QuizElement {
  /** @type {QuizCard[]} */
  #cards = [];
  #at = 0;
  #place = make("p", { class: "deck__place", "aria-live": "polite" });
  #back = button("Previous", () => this.#show(this.#at - 1));
  #next = button("Next", () => this.#show(this.#at + 1));
  #bar = make(
    "nav",
    { class: "deck", "aria-label": "Cards" },
    this.#place,
    actions(this.#back, this.#next)
  );

  get article() {
    return this.closest("article") ?? document.body;
  }

  get #key() {
    return store.mode(this.dataset.topic, this.localName);
  }

  /** @override */
  upgrade() {
    /** @type {NodeListOf<QuizCard>} */
    const cards = this.article.querySelectorAll("quiz-card");
    this.#cards = [...cards];
    if (!this.#cards.length) return false;
    // The questions beneath the deck can wait until the reader does something, or comes near.
    const later = () => import("./define/quiz-question.js").catch(() => {});
    for (const event of ["pointerdown", "keydown", "scroll"])
      addEventListener(event, later, { once: true });
    const near = new IntersectionObserver(([one]) => one.isIntersecting && later());
    this.article.querySelectorAll("quiz-question").forEach((item) => near.observe(item));
    this.#cards.at(-1)?.after(this.#bar);
    const at = this.#named;
    this.#turn(at < 0 ? store.place(store.get(this.#key)?.more) : at);
    return true;
  }

  /** Position of the card that the address names; -1 for none. */
  get #named() {
    return this.#cards.findIndex((card) => card.id === location.hash.slice(1));
  }

  /** @override @param {AbortSignal} signal */
  connect(signal) {
    addEventListener("hashchange", () => this.#named >= 0 && this.#show(this.#named), { signal });
    const marked = (/** @type {Event} */ event) => this.#marked(/** @type {Node} */ (event.target));
    this.article.addEventListener("quiz-done", marked, { signal });
    const key = (/** @type {KeyboardEvent} */ event) => this.#press(event);
    this.article.addEventListener("keydown", key, { signal });
  }

  /** A card that is marked leads on. @param {Node} target */
  #marked(target) {
    if (!this.#cards[this.#at]?.contains(target) || this.#next.disabled) return;
    this.#next.classList.add("question__button--main");
    this.#next.focus();
  }

  /** Arrows lead through the deck. @param {KeyboardEvent} event */
  #press({ key, target, altKey, ctrlKey, metaKey }) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const inside = /** @type {Element} */ (target).closest("quiz-card, .deck");
    if (by && inside && !altKey && !ctrlKey && !metaKey) this.#show(this.#at + by);
  }

  /** Go to a card. @param {number} at */
  #show(at) {
    if (!this.#cards[at]) return;
    this.#turn(at);
    store.set(this.#key, "", { more: { at } });
    const card = this.#cards[at];
    card.querySelector("summary")?.focus({ preventScroll: true });
    if (card.getBoundingClientRect().top < 60) card.scrollIntoView({ block: "center" });
  }

  /** Show one card, its front up. @param {number} at */
  #turn(at) {
    this.#at = this.#cards[at] ? at : 0;
    this.#cards.forEach((card, i) => {
      card.hidden = i !== this.#at;
      const turned = card.querySelector("details");
      if (turned) turned.open = false;
    });
    this.#place.textContent = `${this.#at + 1} of ${this.#cards.length}`;
    this.#back.disabled = this.#at === 0;
    this.#next.disabled = this.#at === this.#cards.length - 1;
    this.#next.classList.remove("question__button--main");
  }
}
