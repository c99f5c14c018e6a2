// <quiz-review>: what is due today, over all topics, one item at a time. Due items are read from their own pages of this site.

import { button, make, many } from "./dom.js";
import { plan } from "./fsrs.js";
import * as store from "./store.js";

const DAY = 86400000;

class QuizReview extends HTMLElement {
  /** @type {(() => void)[]} */
  subscriptions = [];

  connectedCallback() {
    if (this.heading) return;
    this.links = /** @type {HTMLAnchorElement[]} */ ([...this.querySelectorAll("a[data-id]")]);
    this.heading = make("h3", { class: "sequence__heading", tabindex: "-1" });
    this.note = make("p", { class: "sequence__note", role: "status" });
    this.place = make("div", { class: "review__item" });
    this.tools = make("div", { class: "question__actions" });
    this.prepend(this.heading, this.note, this.place, this.tools);
    this.schedule();
    this.invite();
    this.subscriptions.push(store.watch(() => this.idle && this.invite()));
  }

  disconnectedCallback() {
    for (const undo of this.subscriptions.splice(0)) undo();
  }

  /** Plan every item from its reviews: elsewhere only the first date is known. */
  schedule() {
    for (const link of this.links ?? []) {
      const { id = "", hash = "" } = link.dataset;
      const entry = store.get(id, hash);
      const memory = entry?.log && plan(entry.log);
      if (entry && memory && memory.due !== entry.due) store.set(id, hash, { ...entry, due: memory.due });
    }
  }

  /** The links of what is due, the longest overdue first. */
  due() {
    const when = (/** @type {HTMLAnchorElement} */ link) => store.get(link.dataset.id ?? "", link.dataset.hash)?.due ?? Infinity;
    return (this.links ?? []).filter((link) => when(link) <= Date.now()).sort((a, b) => when(a) - when(b));
  }

  /** Say what is due, or when something will be. */
  invite() {
    this.idle = true;
    const due = this.due();
    this.say(due.length ? `${many(due.length, "item")} due today` : "Nothing is due today");
    const later = (this.links ?? []).map((link) => store.get(link.dataset.id ?? "", link.dataset.hash)?.due ?? Infinity).filter((when) => when > Date.now() && when < Infinity);
    const days = Math.max(1, Math.ceil((Math.min(...later) - Date.now()) / DAY));
    if (this.note)
      this.note.textContent = later.length
        ? `${many(later.length, "item")} planned, the next ${days === 1 ? "within a day" : `in ${days} days`}.`
        : "Questions that you miss and cards that you mark come back here.";
    this.place?.replaceChildren();
    this.tools?.replaceChildren(...(due.length ? [button("Start the review", () => this.ask(), true)] : []));
  }

  async ask() {
    this.idle = false;
    const [link] = this.due();
    if (!link || !this.place) {
      this.invite();
      this.heading?.focus();
      return;
    }
    this.say(`${many(this.due().length, "item")} left`);
    this.tools?.replaceChildren();
    if (this.note) this.note.textContent = "";
    const [item] = await Promise.all([this.fetch(link), import("./question.js"), import("./card.js")]).catch(() => [null]);
    if (!item) {
      this.place.replaceChildren(make("p", {}, "This item could not be read here: ", link.cloneNode(true)));
      this.tools?.replaceChildren(button("Back", () => this.invite()));
      return;
    }
    item.setAttribute("data-review", "");
    item.dataset.attempts = "1";
    item.setAttribute("data-once", "");
    item.addEventListener("quiz-done", () => this.done(link, item), { once: true });
    this.place.replaceChildren(item);
    this.heading?.focus();
  }

  /** Read an item from its page. @param {HTMLAnchorElement} link */
  async fetch(link) {
    const response = await fetch(link.href);
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.getElementById(link.dataset.id ?? "");
    if (!found) return null;
    const item = /** @type {HTMLElement} */ (document.importNode(found, true));
    for (const a of item.querySelectorAll("a[href]")) a.setAttribute("href", new URL(a.getAttribute("href") ?? "", link.href).href);
    return item;
  }

  /** Plan the item anew. @param {HTMLAnchorElement} link @param {HTMLElement} item */
  done(link, item) {
    const { id = "", hash = "" } = link.dataset;
    const entry = store.get(id, hash);
    const memory = plan(entry?.log ?? []);
    if (entry && memory) store.set(id, hash, { ...entry, due: memory.due });
    const days = memory ? Math.round((memory.due - Date.now()) / DAY) : 1;
    if (this.note) this.note.textContent = `It comes back in ${many(days, "day")}.`;
    const next = button(this.due().length ? "Next" : "Finish", () => this.ask(), true);
    this.tools?.replaceChildren(next);
    if (item.localName === "quiz-card") next.focus();
  }

  /** @param {string} words */
  say(words) {
    if (this.heading) this.heading.textContent = words;
  }
}

customElements.define("quiz-review", QuizReview);
