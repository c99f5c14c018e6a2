// <quiz-hub>: how far the reader is in each mode of a topic, and which comes next.

import { make } from "./element.js";
import * as papers from "./paper.js";
import * as store from "./store.js";
import { counted, entries, meter, QuizTable, read as pages } from "./table.js";

/** @typedef {import("./shared.js").Mode} Mode */

export class QuizHub extends QuizTable {
  /** @override */
  fill() {
    const rows = [...this.rows].map((row) => this.#fill(row));
    const next = rows.find(({ link, open }) => link && open);
    for (const { row } of rows) row.classList.toggle("hub__next", row === next?.row);
    if (!rows.some(({ begun }) => begun)) return;
    const words = next?.link
      ? [make("a", { href: next.link.href }, `Continue: ${next.link.textContent}`)]
      : ["You have done it all. The review brings back what you missed."];
    this.find("hub__learn")?.replaceChildren(...words);
  }

  /** Say how far the reader is in a mode. @param {HTMLElement} row */
  #fill(row) {
    const { topic, mode } = /** @type {{topic: string, mode: Mode}} */ ({
      ...this.dataset,
      ...row.dataset
    });
    const { done, all } = counted(entries(row.dataset.items));
    const [page] = pages(topic, row.dataset.read);
    const read = page?.done ?? false;
    const taken = mode === "test" ? store.get(store.mode(topic, "quiz-test")) : undefined;
    const { last } = papers.read(taken?.more);
    if (mode === "test") this.mark(row, last ?? (taken ? "half done" : "not taken yet"));
    else if (mode === "challenge" && store.get(store.badge(topic))?.done) this.mark(row, "★ badge");
    else if (read) this.mark(row, "✓ done");
    else this.mark(row, ...(all ? meter({ done, all }) : ["not read yet"]));
    const ended = mode === "test" ? Boolean(last) : read || (all > 0 && done === all);
    const open = (all > 0 || Boolean(row.dataset.read)) && !ended;
    return { row, link: row.querySelector("a"), begun: done > 0 || read, open };
  }
}
