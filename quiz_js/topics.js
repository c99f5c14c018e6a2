// <quiz-topics>: how far the reader is in each topic, the badges, and what is due.

import { make } from "./element.js";
import * as store from "./store.js";
import { counted, entries, meter, QuizTable, read } from "./table.js";
import { many } from "./words.js";

export class QuizTopics extends QuizTable {
  #note = make("p", { class: "hub__due" });

  /** @override */
  upgrade() {
    this.append(this.#note);
    return super.upgrade();
  }

  /** @override */
  fill() {
    let due = 0;
    for (const row of this.rows) {
      const badge = store.get(store.badge(row.dataset.topic))?.done;
      const star = badge ? [make("span", { class: "hub__badge" }, " ★ badge")] : [];
      this.mark(row, ...meter(this.#coverage(row)), ...star);
      const items = [...entries(row.dataset.items), ...entries(row.dataset.drawn)];
      due += items.filter((entry) => (entry?.due ?? Infinity) <= Date.now()).length;
    }
    this.#begin(due);
    const review = document.querySelector("a[href*='review']")?.getAttribute("href");
    const link = due && review ? [make("a", { href: review }, "review them")] : [];
    this.#note.replaceChildren(due ? `${many(due, "item")} due today: ` : "", ...link);
  }

  /** What is done of a topic: items, and pages that are read. @param {HTMLElement} row */
  #coverage({ dataset }) {
    return counted([...entries(dataset.items), ...read(dataset.topic, dataset.read)]);
  }

  /** Have the page's button go on where the reader is. @param {number} due */
  #begin(due) {
    const button = document.querySelector(".hero a.md-button--primary");
    const row = [...this.rows].find((each) => {
      const { done, all } = this.#coverage(each);
      return done > 0 && done < all;
    });
    const link = row?.querySelector("a");
    if (!button || !link) return;
    button.setAttribute("href", link.getAttribute("href") ?? "");
    button.replaceChildren(`Continue: ${link.textContent}${due ? `, ${due} due` : ""}`);
  }
}
