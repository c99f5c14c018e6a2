// <quiz-hub> and <quiz-topics>: how far the reader is, what comes next, what is due, and the badges.

import { make, many } from "./dom.js";
import * as store from "./store.js";

/** The items that a row of a table lists, as [id, hash]. @param {Element} row @param {string} [list] */
const items = (row, list = "data-items") => (row.getAttribute(list) ?? "").split(" ").filter(Boolean).map((word) => word.split(":"));

/** How many of a row's items are done, and of how many. @param {Element} row */
function count(row) {
  const own = items(row);
  return [own.filter(([id, hash]) => store.get(id, hash)?.done).length, own.length];
}

/** Add or renew a row's last cell. @param {Element} row @param {...(Node | string)} content */
function cell(row, ...content) {
  (row.querySelector(".hub__progress") ?? row.appendChild(make("td", { class: "hub__progress" }))).replaceChildren(...content);
}

/** @param {number} done @param {number} all */
function meter(done, all) {
  const bar = make("progress", { max: String(all), value: String(done), "aria-hidden": "true" });
  return [bar, ` ${done} of ${all}`];
}

class Table extends HTMLElement {
  /** @type {(() => void)[]} */
  subscriptions = [];

  connectedCallback() {
    if (!this.querySelector(".hub__head")) this.querySelector("thead tr")?.append(make("th", { scope: "col", class: "hub__head" }, "You"));
    this.subscriptions.push(store.watch(() => this.fill(), true));
    this.fill();
  }

  disconnectedCallback() {
    for (const undo of this.subscriptions.splice(0)) undo();
  }

  fill() {}
}

class QuizHub extends Table {
  fill() {
    const topic = this.dataset.topic ?? "";
    let next = "";
    for (const row of this.querySelectorAll("tbody tr")) {
      const [done, all] = count(row);
      const mode = row.getAttribute("data-mode") ?? "";
      const link = row.querySelector("a");
      const test = mode === "test" ? store.get(`${topic}/quiz-test`)?.more : undefined;
      if (mode === "test") cell(row, test?.last ?? (test ? "half done" : "–"));
      else cell(row, ...(all ? meter(done, all) : ["–"]));
      const finished = mode === "test" ? test?.last : done === all;
      if (mode === "challenge" && store.get(`badge/${topic}`)?.done) cell(row, "★ badge");
      if (!next && all && !finished && link) next = link.textContent ?? "";
      row.classList.toggle("hub__next", next === link?.textContent);
    }
    const started = [...this.querySelectorAll("tbody tr")].some((row) => count(row)[0] > 0);
    const line = this.querySelector(".hub__learn");
    if (!line || !started) return;
    const link = [...this.querySelectorAll("tbody a")].find((a) => a.textContent === next);
    line.replaceChildren(...(link ? ["Go on with ", link.cloneNode(true), "."] : ["You have done it all. The review brings back what you missed."]));
  }
}

class QuizTopics extends Table {
  fill() {
    let due = 0;
    for (const row of this.querySelectorAll("tbody tr")) {
      const [done, all] = count(row);
      const badge = store.get(`badge/${row.getAttribute("data-topic")}`)?.done;
      cell(row, ...meter(done, all), ...(badge ? [make("span", { class: "hub__badge" }, " ★ badge")] : []));
      due += [...items(row), ...items(row, "data-drawn")].filter(([id, hash]) => (store.get(id, hash)?.due ?? Infinity) <= Date.now()).length;
    }
    const note = this.querySelector(".hub__due") ?? this.appendChild(make("p", { class: "hub__due" }));
    const link = document.querySelector("a[href*='review']");
    note.replaceChildren(due ? `${many(due, "item")} due today: ` : "", ...(due && link ? [make("a", { href: link.getAttribute("href") ?? "" }, "review them")] : []));
  }
}

customElements.define("quiz-hub", QuizHub);
customElements.define("quiz-topics", QuizTopics);
