// <quiz-card>: a card turns as any <details> does, or by a swipe; then the reader says whether they knew it.

import { button, make } from "./dom.js";
import * as store from "./store.js";

const SWIPE = 40;

class QuizCard extends HTMLElement {
  /** @type {(() => void)[]} */
  subscriptions = [];

  get hash() {
    return this.dataset.hash ?? "";
  }

  connectedCallback() {
    if (!this.marks) this.upgrade();
    this.subscriptions.push(store.watch(() => this.restore()));
  }

  disconnectedCallback() {
    for (const undo of this.subscriptions.splice(0)) undo();
  }

  upgrade() {
    const turn = this.querySelector("details");
    const back = this.querySelector(".card__back");
    if (!turn || !back) return;
    const said = make("p", { role: "status", class: "question__status" });
    this.status = said;
    const knew = button("I knew it", () => this.judge(true));
    const not = button("Not yet", () => this.judge(false));
    this.marks = make("div", { class: "question__actions" }, knew, not);
    back.append(this.marks, said);
    let from = NaN;
    this.addEventListener("pointerdown", (event) => (from = event.pointerType === "mouse" ? NaN : event.clientX));
    this.addEventListener("pointerup", (event) => {
      if (Math.abs(event.clientX - from) > SWIPE) turn.open = !turn.open;
      from = NaN;
    });
    this.restore();
  }

  /** @param {boolean} knew */
  judge(knew) {
    const again = this.classList.contains("is-key") || this.classList.contains("is-distractor");
    // The first mark counts as a review, and so does each in the review; changing one's mind does not.
    const rating = again && !this.hasAttribute("data-review") ? 0 : knew ? 3 : 1;
    store.set(this.id, this.hash, { done: true, right: knew, tries: 1 }, rating);
    this.restore();
    if (this.status) this.status.textContent = knew ? "You knew it. It comes back in some days." : "Not yet. It comes back tomorrow.";
    this.dispatchEvent(new CustomEvent("quiz-done", { bubbles: true }));
  }

  restore() {
    if (this.hasAttribute("data-review")) return;
    const entry = store.get(this.id, this.hash);
    this.classList.toggle("is-key", entry?.right === true);
    this.classList.toggle("is-distractor", entry?.right === false);
    if (this.status) this.status.textContent = entry?.done ? (entry.right ? "You knew it." : "Not yet.") : "";
    if (!entry && store.edited(this.id, this.hash) && this.status) this.status.textContent = "This card was edited since, so it counts as new.";
  }
}

customElements.define("quiz-card", QuizCard);
