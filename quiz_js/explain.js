// <quiz-explain>: free recall. The reader writes, then compares with the concepts and ticks those that they named.

import { make } from "./dom.js";
import * as store from "./store.js";

class QuizExplain extends HTMLElement {
  /** @type {(() => void)[]} */
  subscriptions = [];
  /** @type {HTMLInputElement[]} */
  ticks = [];

  get hash() {
    return this.dataset.hash ?? "";
  }

  connectedCallback() {
    if (!this.box) this.upgrade();
    this.subscriptions.push(store.watch(() => this.restore()));
  }

  disconnectedCallback() {
    for (const undo of this.subscriptions.splice(0)) undo();
  }

  upgrade() {
    const answer = this.querySelector("details");
    const concepts = this.querySelector(".explain__concepts");
    if (!answer || !concepts) return;
    this.box = /** @type {HTMLTextAreaElement} */ (make("textarea", { class: "explain__text", rows: "5", id: `${this.id}-text` }));
    answer.before(make("label", { class: "explain__label", for: this.box.id }, "In your own words"), this.box);
    for (const item of [...concepts.children]) {
      const tick = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox" }));
      this.ticks.push(tick);
      item.replaceChildren(make("label", {}, tick, make("span", {}, ...item.childNodes)));
    }
    concepts.before(make("p", {}, "Tick each concept that you named:"));
    this.status = make("p", { role: "status", class: "question__status" });
    answer.after(this.status);
    this.box.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), 400);
    });
    this.box.addEventListener("change", () => this.keep());
    concepts.addEventListener("change", () => (this.keep(), this.tell()));
    answer.addEventListener("toggle", () => answer.open && (this.keep(), this.tell()));
    this.restore();
  }

  keep() {
    const chosen = this.ticks.flatMap((tick, i) => (tick.checked ? [i] : []));
    const done = this.querySelector("details")?.open === true || store.get(this.id, this.hash)?.done === true;
    store.set(this.id, this.hash, { text: this.box?.value, chosen, done, right: chosen.length === this.ticks.length });
  }

  tell() {
    const named = this.ticks.filter((tick) => tick.checked).length;
    if (this.status) this.status.textContent = `${named} of ${this.ticks.length} concepts`;
  }

  restore() {
    const entry = store.get(this.id, this.hash);
    if (this.box && document.activeElement !== this.box) this.box.value = typeof entry?.text === "string" ? entry.text : "";
    this.ticks.forEach((tick, i) => (tick.checked = entry?.chosen?.includes(i) ?? false));
    if (entry?.done) this.tell();
    if (!entry && store.edited(this.id, this.hash) && this.status) this.status.textContent = "The concepts were edited since, so this counts as new.";
  }
}

customElements.define("quiz-explain", QuizExplain);
