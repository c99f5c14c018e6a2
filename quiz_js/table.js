// What the hub's and the home page's tables share: a column that says how far the reader is with
// what each row lists.

import { make, QuizElement } from "./element.js";
import * as store from "./store.js";

/** @typedef {{done: number, all: number}} Coverage how many items are done, and of how many */

/**
 * Return what is kept of the items that a row lists, as `id:hash` with blanks between.
 * @param {string} [listed]
 */
export const entries = (listed) =>
  (listed ?? "").split(" ").flatMap((word) => {
    const [id, hash] = word.split(":");
    return id ? [store.get(id, hash)] : [];
  });

/** Count what is done of a row's items. @param {HTMLElement} row @returns {Coverage} */
export function coverage(row) {
  const own = entries(row.dataset.items);
  return { done: own.filter((entry) => entry?.done).length, all: own.length };
}

/** Show a count. @param {Coverage} coverage */
export function meter({ done, all }) {
  const bar = make("progress", { max: String(all), value: String(done), "aria-hidden": "true" });
  return [bar, ` ${done} of ${all}`];
}

/** A table whose rows list items. @abstract */
export class QuizTable extends QuizElement {
  /** @override */
  upgrade() {
    this.querySelector("thead tr")?.append(make("th", { scope: "col", class: "hub__head" }, "You"));
    for (const row of this.rows) row.append(make("td", { class: "hub__progress" }));
    return true;
  }

  /** @override @param {AbortSignal} signal */
  connect(signal) {
    store.watch(() => this.fill(), signal, true);
    this.fill();
  }

  /** @returns {NodeListOf<HTMLElement>} */
  get rows() {
    return this.querySelectorAll("tbody tr");
  }

  /**
   * Say in a row's last cell how far the reader is.
   * @param {Element} row
   * @param {...(Node | string)} content
   */
  mark(row, ...content) {
    row.querySelector(".hub__progress")?.replaceChildren(...content);
  }

  /** Fill the column, with what is kept now. */
  fill() {}
}
