// <quiz-topics>: how far the reader is in each topic, the badges, and what is due.

import { make } from "./element.js";
import * as store from "./store.js";
import { coverage, entries, meter, QuizTable } from "./table.js";
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
    this.#begin();
    for (const row of this.rows) {
      const badge = store.get(store.badge(row.dataset.topic))?.done;
      const star = badge ? [make("span", { class: "hub__badge" }, " ★ badge")] : [];
      this.mark(row, ...meter(coverage(row)), ...star);
      const items = [...entries(row.dataset.items), ...entries(row.dataset.drawn)];
      due += items.filter((entry) => (entry?.due ?? Infinity) <= Date.now()).length;
    }
    const review = document.querySelector("a[href*='review']")?.getAttribute("href");
    const link = due && review ? [make("a", { href: review }, "review them")] : [];
    this.#note.replaceChildren(due ? `${many(due, "item")} due today: ` : "", ...link);
  }

  /** Have the page's button go on where the reader is. */
  #begin() {
    const button = document.querySelector(".hero a.md-button--primary");
    const row = [...this.rows].find((each) => {
      const { done, all } = coverage(each);
      return done > 0 && done < all;
    });
    const link = row?.querySelector("a");
    if (!button || !link) return;
    button.setAttribute("href", link.getAttribute("href") ?? "");
    button.replaceChildren(`Continue: ${link.textContent}`);
  }
}
