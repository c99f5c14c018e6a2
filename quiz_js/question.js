// <quiz-question>: upgrades a question's complete HTML to one that can be answered. What it shows was all on the page before; nothing that a
// reader types or that storage holds is ever parsed as HTML.

import { button, make } from "./dom.js";
import { attempts, grade, shuffled } from "./grade.js";
import * as store from "./store.js";

/** Questions to upgrade or to renew, a few at a time, so that a long page stays responsive. @type {Set<QuizQuestion>} */
const waiting = new Set();
const SLICE = 8;

/** @param {QuizQuestion} item */
function later(item) {
  if (!waiting.size) setTimeout(work);
  waiting.add(item);
}

function work() {
  const end = performance.now() + SLICE;
  for (const item of waiting) {
    waiting.delete(item);
    if (item.inputs.length) item.restore();
    else item.upgrade();
    if (performance.now() > end) break;
  }
  if (waiting.size) setTimeout(work);
}

export class QuizQuestion extends HTMLElement {
  /** @type {(() => void)[]} undone when the element leaves the page */
  subscriptions = [];
  /** @type {HTMLInputElement[]} by the options' places in the source */
  inputs = [];
  /** @type {HTMLElement[]} */
  items = [];
  /** @type {HTMLElement[]} */
  reasons = [];
  /** @type {Set<number>} */
  keys = new Set();
  tries = 0;
  done = false;
  right = false;

  get hash() {
    return this.dataset.hash ?? "";
  }

  /** Whether a test asks it: choices count, and nothing is told before the end. */
  get exam() {
    return this.hasAttribute("data-exam");
  }

  connectedCallback() {
    if (!this.inputs.length) later(this);
    this.subscriptions.push(store.watch(() => later(this)));
  }

  disconnectedCallback() {
    waiting.delete(this);
    for (const undo of this.subscriptions.splice(0)) undo();
  }

  /** Make it answerable, once. */
  upgrade() {
    waiting.delete(this);
    const list = this.querySelector(".question__options");
    const reasons = this.querySelector(".question__rationales");
    if (!list || !reasons || this.inputs.length) return;
    this.answer = /** @type {HTMLDetailsElement} */ (this.querySelector(".question__answer"));
    this.reasons = /** @type {HTMLElement[]} */ ([...reasons.children]);
    this.keys = new Set(this.reasons.flatMap((item, i) => (item.classList.contains("is-key") ? [i] : [])));
    this.items = /** @type {HTMLElement[]} */ ([...list.children]);
    const type = this.hasAttribute("data-multiple") ? "checkbox" : "radio";
    this.items.forEach((item, i) => {
      const input = /** @type {HTMLInputElement} */ (make("input", { type, name: this.id, value: String(i) }));
      this.inputs.push(input);
      item.replaceChildren(make("label", {}, input, ...item.childNodes));
    });
    // The letters are the list's own, so they follow; the reasons are put in the same order.
    const order = shuffled(this.items.length);
    list.append(...order.map((i) => this.items[i]));
    reasons.append(...order.map((i) => this.reasons[i]));
    const letters = order.flatMap((i, place) => (this.keys.has(i) ? [String.fromCharCode(65 + place)] : [])).join(", ");
    for (const place of [this.querySelector(".question__key strong"), document.getElementById(`${this.id}-key`)])
      if (place) place.textContent = letters;

    this.button = button("Check", () => this.submit(), true);
    this.again = button("Try again", () => this.reset());
    this.again.hidden = true;
    this.status = make("p", { role: "status", class: "question__status" });
    // No <form>: whenever one is added, Chromium's autofill reads all forms of the page anew.
    const form = make("div", { class: "question__form" });
    list.before(form);
    form.append(
      make("fieldset", {}, make("legend", { class: "question__legend" }, type === "radio" ? "Choose one" : "Choose all that are right"), list),
      make("div", { class: "question__actions" }, this.button, this.again),
      this.status,
    );
    this.addEventListener("keydown", (event) => this.choose(event));
    this.hints = /** @type {HTMLDetailsElement[]} */ ([...this.querySelectorAll(".question-part--hint")]);
    this.hints.forEach((hint, i) => {
      hint.hidden = i > 0;
      hint.addEventListener("toggle", () => hint.open && this.hints?.[i + 1]?.removeAttribute("hidden"));
    });
    this.answer.addEventListener("toggle", () => this.answer?.open && !this.done && !this.exam && this.finish(false, "Here is the answer."));
    const report = button("Report this question", async () => (report.textContent = await (await import("./report.js")).report(this)));
    report.className = "question__report";
    this.querySelector(".question__proof")?.append(" ", report);
    this.restore();
  }

  /** Choose an option by its letter or number, as shown; Enter submits, as in a form. @param {KeyboardEvent} event */
  choose(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.altKey || event.metaKey || target.closest("pre, summary, a")) return;
    if (event.key === "Enter" && target instanceof HTMLInputElement) return this.submit();
    const place = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : /^[a-i]$/i.test(event.key) ? event.key.toLowerCase().charCodeAt(0) - 97 : -1;
    const input = this.querySelectorAll(".question__options input")[place];
    if (!(input instanceof HTMLInputElement) || input.disabled) return;
    event.preventDefault();
    // Else the theme takes letters for its own.
    event.stopPropagation();
    input.checked = input.type === "radio" || !input.checked;
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  chosen() {
    return new Set(this.inputs.flatMap((input, i) => (input.checked ? [i] : [])));
  }

  submit() {
    if (this.done || this.exam) return;
    const chosen = this.chosen();
    if (!chosen.size) return this.say("Choose an option first.");
    const { right, credit } = grade(chosen, this.keys, this.inputs.length);
    this.tries += 1;
    for (const i of chosen) this.mark(i);
    const left = Number(this.dataset.attempts ?? attempts(this.inputs.length)) - this.tries;
    const not = credit ? `Not quite: ${Math.round(credit * 100)}% of the options judged rightly.` : "Not that one.";
    if (right) this.finish(true, this.tries === 1 ? "Right." : `Right, at attempt ${this.tries}.`);
    else if (left > 0) {
      this.say(`${not} ${left} ${left === 1 ? "attempt" : "attempts"} left.`);
      this.keep(this.tries === 1 ? 1 : 0);
    } else this.finish(false, `${not} The answer is below.`);
  }

  /** Grade what was chosen in a test, and show it. */
  reveal() {
    this.removeAttribute("data-exam");
    const chosen = this.chosen();
    this.tries = 1;
    for (const i of chosen) this.mark(i);
    const { right } = grade(chosen, this.keys, this.inputs.length);
    this.finish(right, right ? "Right." : chosen.size ? "Not right. The answer is below." : "Unanswered. The answer is below.", false);
  }

  /** Show beneath an option whether it is right, and why. @param {number} i */
  mark(i) {
    const item = this.items[i];
    const reason = this.reasons[i];
    if (!item || !reason || item.querySelector(".question__reason")) return;
    const key = this.keys.has(i);
    item.classList.add(key ? "is-key" : "is-distractor");
    const verdict = make("strong", { class: "question__verdict" }, key ? "Right" : "Wrong");
    const parts = [...reason.children].slice(1).map((part) => part.cloneNode(true));
    item.append(make("div", { class: "question__reason" }, verdict, ...parts));
  }

  /** End the question. @param {boolean} right @param {string} words @param {boolean} [open] whether the answer opens */
  finish(right, words, open = true) {
    this.close(right);
    if (!right && open && this.answer) this.answer.open = true;
    this.say(words);
    // A question that was never missed need not come back; one that was is reviewed with each later answer.
    const missed = (store.get(this.id, this.hash)?.log ?? []).length > 0;
    this.keep(right ? (missed ? (this.tries > 1 ? 2 : 3) : 0) : this.tries > 1 ? 0 : 1);
    if (document.activeElement === this.button || document.activeElement === document.body) this.again?.focus();
    this.dispatchEvent(new CustomEvent("quiz-done", { bubbles: true }));
  }

  /** @param {boolean} right */
  close(right) {
    this.done = true;
    this.right = right;
    for (const input of this.inputs) input.disabled = true;
    for (const i of this.keys) this.mark(i);
    if (this.button) this.button.hidden = true;
    if (this.again) this.again.hidden = this.hasAttribute("data-once");
  }

  reset() {
    this.clear();
    if (!this.hasAttribute("data-review")) store.set(this.id, this.hash, {});
    this.say("");
    this.inputs[0]?.focus();
  }

  clear() {
    this.tries = 0;
    this.done = this.right = false;
    for (const input of this.inputs) Object.assign(input, { disabled: false, checked: false });
    for (const item of this.items) {
      item.classList.remove("is-key", "is-distractor");
      item.querySelector(".question__reason")?.remove();
    }
    if (this.answer) this.answer.open = false;
    if (this.button) this.button.hidden = this.exam;
    if (this.again) this.again.hidden = true;
  }

  /** @param {number} rating as a review, or 0 */
  keep(rating) {
    const fields = { chosen: [...this.chosen()], tries: this.tries, done: this.done, right: this.right };
    store.set(this.id, this.hash, fields, rating);
    if (!store.lasting()) this.say(`${this.status?.textContent} (Your browser keeps no progress for this site.)`);
  }

  /** Show what was kept, of this tab or another. */
  restore() {
    if (!this.inputs.length || this.exam || this.hasAttribute("data-review")) return;
    const entry = store.get(this.id, this.hash);
    this.clear();
    if (store.edited(this.id, this.hash)) this.say("This question was edited since you answered it, so it counts as new.");
    if (!entry?.chosen) return;
    this.tries = entry.tries ?? 0;
    for (const i of entry.chosen) {
      if (!this.inputs[i]) continue;
      this.inputs[i].checked = true;
      this.mark(i);
    }
    if (!entry.done) return;
    this.close(entry.right === true);
    this.say(entry.right ? "Answered rightly before." : "Answered before.");
  }

  /** Announce, once. @param {string} words */
  say(words) {
    if (this.status && this.status.textContent !== words) this.status.textContent = words;
  }
}

customElements.define("quiz-question", QuizQuestion);
