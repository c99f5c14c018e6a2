// <quiz-question>: upgrades a question's complete HTML to one that can be answered. What it shows was all on the page before; nothing that a
// reader types or that storage holds is ever parsed as HTML.

import { attempts, grade, shuffled } from "./grade.js";
import * as store from "./store.js";

/**
 * Make an element.
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

class QuizQuestion extends HTMLElement {
  /** @type {(() => void)[]} undone when the element leaves the page */
  subscriptions = [];
  /** @type {HTMLInputElement[]} by the options' places in the source */
  inputs = [];
  tries = 0;
  done = false;

  connectedCallback() {
    if (!this.inputs.length) this.upgrade();
    this.subscriptions.push(store.watch(() => this.restore()));
  }

  disconnectedCallback() {
    for (const undo of this.subscriptions.splice(0)) undo();
  }

  upgrade() {
    const list = this.querySelector(".question__options");
    const reasons = this.querySelector(".question__rationales");
    if (!list || !reasons) return;
    this.answer = /** @type {HTMLDetailsElement} */ (this.querySelector(".question__answer"));
    const told = /** @type {HTMLElement[]} */ ([...reasons.children]);
    const keys = new Set(told.flatMap((item, i) => (item.classList.contains("is-key") ? [i] : [])));
    this.reasons = told;
    this.keys = keys;
    const items = /** @type {HTMLElement[]} */ ([...list.children]);
    const type = this.hasAttribute("data-multiple") ? "checkbox" : "radio";
    items.forEach((item, i) => {
      const input = /** @type {HTMLInputElement} */ (make("input", { type, name: this.id, value: String(i) }));
      this.inputs.push(input);
      item.replaceChildren(make("label", {}, input, ...item.childNodes));
    });
    this.items = items;
    // The letters are the list's own, so they follow; the reasons are put in the same order.
    const order = shuffled(items.length);
    list.append(...order.map((i) => items[i]));
    reasons.append(...order.map((i) => told[i]));
    const letters = order.flatMap((i, place) => (keys.has(i) ? [String.fromCharCode(65 + place)] : []));
    const answer = this.querySelector(".question__key strong");
    if (answer) answer.textContent = letters.join(", ");

    this.button = /** @type {HTMLButtonElement} */ (make("button", { type: "submit", class: "question__button question__button--main" }, "Check"));
    this.again = /** @type {HTMLButtonElement} */ (make("button", { type: "button", class: "question__button", hidden: "" }, "Try again"));
    this.status = make("p", { role: "status", class: "question__status" });
    const form = make("form", { class: "question__form" });
    list.before(form);
    form.append(
      make("fieldset", {}, make("legend", { class: "question__legend" }, type === "radio" ? "Choose one" : "Choose all that are right"), list),
      make("div", { class: "question__actions" }, this.button, this.again),
      this.status,
    );
    form.addEventListener("submit", (event) => (event.preventDefault(), this.submit()));
    this.again.addEventListener("click", () => this.reset());
    this.addEventListener("keydown", (event) => this.choose(event));
    this.hints = /** @type {HTMLDetailsElement[]} */ ([...this.querySelectorAll(".question-part--hint")]);
    this.hints.forEach((hint, i) => {
      hint.hidden = i > 0;
      hint.addEventListener("toggle", () => hint.open && this.hints?.[i + 1]?.removeAttribute("hidden"));
    });
    this.answer.addEventListener("toggle", () => this.answer?.open && !this.done && this.finish(false, "Here is the answer."));
    this.restore();
  }

  /** Choose an option by its letter or number, as shown; Enter submits, as in any form. @param {KeyboardEvent} event */
  choose(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.ctrlKey || event.altKey || event.metaKey || target.closest("pre, summary, a")) return;
    const place = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : /^[a-i]$/i.test(event.key) ? event.key.toLowerCase().charCodeAt(0) - 97 : -1;
    const input = this.querySelectorAll(".question__options input")[place];
    if (!(input instanceof HTMLInputElement) || input.disabled) return;
    event.preventDefault();
    // Else the theme takes letters for its own.
    event.stopPropagation();
    input.checked = input.type === "radio" || !input.checked;
    input.focus();
  }

  chosen() {
    return new Set(this.inputs.flatMap((input, i) => (input.checked ? [i] : [])));
  }

  submit() {
    if (this.done) return;
    const chosen = this.chosen();
    if (!chosen.size) return this.say("Choose an option first.");
    const { right, credit } = grade(chosen, this.keys ?? new Set(), this.inputs.length);
    this.tries += 1;
    for (const i of chosen) this.mark(i);
    const left = attempts(this.inputs.length) - this.tries;
    const share = credit && !right ? ` ${Math.round(credit * 100)}% of the options judged rightly.` : "";
    if (right) this.finish(true, this.tries === 1 ? "Right." : `Right, at attempt ${this.tries}.`);
    else if (left > 0) {
      this.say(`Not that one.${share} ${left} ${left === 1 ? "attempt" : "attempts"} left.`);
      this.keep(false);
    } else this.finish(false, `Not that one.${share} The answer is below.`);
  }

  /** Show beneath an option whether it is right, and why. @param {number} i */
  mark(i) {
    const item = this.items?.[i];
    const reason = this.reasons?.[i];
    if (!item || !reason || item.querySelector(".question__reason")) return;
    const key = this.keys?.has(i);
    item.classList.add(key ? "is-key" : "is-distractor");
    const verdict = make("strong", { class: "question__verdict" }, key ? "Right" : "Wrong");
    const parts = [...reason.children].slice(1).map((part) => part.cloneNode(true));
    item.append(make("div", { class: "question__reason" }, verdict, ...parts));
  }

  /** End the question. @param {boolean} right @param {string} words */
  finish(right, words) {
    this.done = true;
    for (const input of this.inputs) input.disabled = true;
    for (const i of this.keys ?? []) this.mark(i);
    if (this.button) this.button.hidden = true;
    if (this.again) this.again.hidden = false;
    if (!right && this.answer) this.answer.open = true;
    this.say(words);
    this.keep(right);
    if (document.activeElement === this.button || document.activeElement === document.body) this.again?.focus();
  }

  reset() {
    this.clear();
    store.set(this.id, null);
    this.say("");
    this.inputs[0]?.focus();
  }

  clear() {
    this.tries = 0;
    this.done = false;
    for (const input of this.inputs) Object.assign(input, { disabled: false, checked: false });
    for (const item of this.items ?? []) {
      item.classList.remove("is-key", "is-distractor");
      item.querySelector(".question__reason")?.remove();
    }
    if (this.answer) this.answer.open = false;
    if (this.button) this.button.hidden = false;
    if (this.again) this.again.hidden = true;
  }

  /** @param {boolean} right */
  keep(right) {
    const chosen = [...this.chosen()];
    store.set(this.id, { hash: this.dataset.hash ?? "", chosen, tries: this.tries, done: this.done, right });
    if (!store.lasting()) this.say(`${this.status?.textContent} (Your browser keeps no progress for this site.)`);
  }

  /** Show what was kept, of this tab or another. */
  restore() {
    const entry = store.get(this.id, this.dataset.hash ?? "");
    this.clear();
    if (!entry) return;
    this.tries = entry.tries;
    for (const i of entry.chosen) {
      if (!this.inputs[i]) continue;
      this.inputs[i].checked = true;
      this.mark(i);
    }
    if (!entry.done) return;
    this.done = true;
    for (const input of this.inputs) input.disabled = true;
    for (const i of this.keys ?? []) this.mark(i);
    if (this.button) this.button.hidden = true;
    if (this.again) this.again.hidden = false;
    this.say(entry.right ? "Answered rightly before." : "Answered before.");
  }

  /** Announce, once. @param {string} words */
  say(words) {
    if (this.status && this.status.textContent !== words) this.status.textContent = words;
  }
}

if (!customElements.get("quiz-question")) customElements.define("quiz-question", QuizQuestion);
