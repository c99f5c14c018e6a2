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

/** Count what is done. @param {(store.Entry | undefined)[]} own @returns {Coverage} */
export const counted = (own) => ({
  done: own.filter((entry) => entry?.done).length,
  all: own.length
});

/**
 * Return what is kept of the pages that are read, of those that a row lists.
 * @param {string | undefined} topic
 * @param {string} [modes] with blanks between
 */
export const read = (topic, modes) =>
  (modes ?? "").split(" ").flatMap((mode) => (mode ? [store.get(store.page(topic, mode))] : []));

/** Make a part of a drawing. @param {string} tag @param {Record<string, string>} attributes */
function drawn(tag, attributes) {
  const part = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
  return part;
}

/** Show a count, and as a ring how much of the whole it is. @param {Coverage} coverage */
export function meter({ done, all }) {
  const ring = drawn("svg", { class: "hub__ring", viewBox: "0 0 24 24", "aria-hidden": "true" });
  ring.append(drawn("circle", { cx: "12", cy: "12", r: "9" }));
  const share = all ? Math.round((100 * done) / all) : 0;
  const arc = { d: "M21 12a9 9 0 1 1-18 0a9 9 0 1 1 18 0", pathLength: "100" };
  if (share) ring.append(drawn("path", { ...arc, "stroke-dasharray": `${share} 100` }));
  return [ring, ` ${done} of ${all}`];
}

/** A table whose rows list items. @abstract */
export class QuizTable extends QuizElement {
  /** @override */
  upgrade() {
    this.querySelector("thead tr")?.append(
      make("th", { scope: "col", role: "columnheader", class: "hub__head" }, "You")
    );
    for (const row of this.rows) row.append(make("td", { role: "cell", class: "hub__progress" }));
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
