// A test being taken: loaded when one starts, or when one was taken before.

import { draw } from "./draw.js";
import { actions, button, make } from "./element.js";
import * as papers from "./paper.js";
import { reading } from "./results.js";
import { DRAWN } from "./shared.js";
import { verdict } from "./verdict.js";

/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */

export class Sitting {
  #mode;
  #paper;

  /** @param {import("./exam.js").QuizTest} mode */
  constructor(mode) {
    this.#mode = mode;
    this.#paper = papers.read(mode.more);
  }

  /** Offer to go on, where a test is half done, and to start one. */
  invite() {
    const { chosen, at, last } = this.#paper;
    const open = papers.open(this.#paper, this.#mode.pool);
    const start = button(
      open.length ? "Start anew" : "Start the test",
      () => this.sit(),
      !open.length
    );
    const resume = button(`Go on with question ${at + 1}`, () => this.#ask(open, chosen, at), true);
    this.#mode.offer(...(open.length ? [resume] : []), start);
    if (last) this.#mode.status.append(make("br"), `Last time: ${last}.`);
  }

  /** Draw questions, others than last time as far as there are, and ask them. */
  sit() {
    const { pool } = this.#mode;
    const before = new Set(papers.read(this.#mode.more).drawn.map(([id]) => id));
    const ids = draw(
      pool.map((item) => ({ id: item.id, level: item.dataset.level ?? "" })),
      DRAWN,
      before
    );
    this.#ask(
      ids.flatMap((id) => pool.filter((item) => item.id === id)),
      {},
      0
    );
  }

  /**
   * Ask questions without a word until the end.
   * @param {readonly QuizQuestion[]} items
   * @param {papers.Paper["chosen"]} chosen
   * @param {number} at
   */
  #ask(items, chosen, at) {
    const drawn = items.map((item) => /** @type {papers.Drawn} */ ([item.id, item.hash]));
    this.#paper = { ...papers.read(this.#mode.more), drawn, chosen };
    this.#mode.offer();
    this.#mode.announce("");
    for (const item of items) {
      item.setting = "test";
      item.clear();
      item.announce("");
      item.choose(chosen[item.id] ?? []);
    }
    this.#mode.ask(items, at);
  }

  /** Keep what is chosen in the question that holds an input. @param {Element} input */
  note(input) {
    const item = this.#mode.items.find((one) => one.silent && one.contains(input));
    if (!item) return;
    this.hold({ chosen: { ...this.#paper.chosen, [item.id]: [...item.chosen] } });
    this.#mode.number();
  }

  /** Keep where the reader is. @param {Partial<papers.Paper>} changes */
  hold(changes) {
    this.#paper = { ...this.#paper, ...changes };
    this.#mode.keep(this.#paper);
  }

  /** Grade it, and show the verdict. */
  finish() {
    const { items } = this.#mode;
    for (const item of items) item.reveal();
    const missed = items.filter((item) => !item.right);
    const words = `${items.length - missed.length} of ${items.length} right`;
    this.hold({ finished: true, last: words });
    const again = actions(button("Take another test", () => this.sit(), true));
    this.#mode.conclude({
      words,
      parts: [...verdict(items), ...reading(missed), again],
      shown: items
    });
  }
}
