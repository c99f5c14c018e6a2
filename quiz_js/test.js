// <quiz-test>: ten questions drawn evenly from the pool, no feedback until the end, then a verdict by level and by skill.

import { button, make } from "./dom.js";
import { QuizQuestion } from "./question.js";
import { Sequence } from "./sequence.js";
import * as store from "./store.js";

const COUNT = 10;

class QuizTest extends Sequence {
  /** @type {Record<string, number[]>} options chosen, by question */
  chosen = {};

  begin() {
    const pool = this.all ?? [];
    const change = (/** @type {Event} */ event) => {
      const item = /** @type {HTMLElement} */ (event.target).closest("quiz-question");
      if (item instanceof QuizQuestion && item.exam) this.take(item);
    };
    const article = this.closest("article") ?? document.body;
    article.addEventListener("change", change);
    this.subscriptions.push(() => article.removeEventListener("change", change));
    const kept = store.get(this.key)?.more;
    // A question that was edited since is not the one that was drawn.
    const drawn = pool.length && kept?.drawn?.map((/** @type {[string, string]} */ [id, hash]) => pool.find((item) => item.id === id && item.hash === hash));
    const half = drawn && drawn.every(Boolean) && !kept.finished;
    this.show(-1, false);
    this.say(`${COUNT} questions, drawn from ${pool.length}`);
    if (this.note) this.note.textContent = "Nothing is told before the end; then you get a verdict by level and by skill. Other questions are drawn each time.";
    if (half) this.tools?.append(button(`Go on with question ${(kept.at ?? 0) + 1}`, () => this.ask(drawn, kept.chosen ?? {}, kept.at ?? 0), true));
    this.tools?.append(button(half ? "Start anew" : "Start the test", () => this.start(), !half));
    if (kept?.last) this.note?.append(make("br"), `Last time: ${kept.last}.`);
  }

  async start() {
    const { draw } = await import("./draw.js");
    const pool = this.all ?? [];
    const before = new Set(/** @type {[string, string][]} */ (store.get(this.key)?.more?.drawn ?? []).map(([id]) => id));
    const levels = pool.map((item) => ({ id: item.id, level: item.dataset.level ?? "" }));
    const ids = draw(levels, COUNT, before);
    this.ask(ids.map((id) => /** @type {QuizQuestion} */ (pool.find((item) => item.id === id))), {}, 0);
  }

  /** @param {QuizQuestion[]} items @param {Record<string, number[]>} chosen @param {number} at */
  ask(items, chosen, at) {
    this.items = items;
    this.chosen = { ...chosen };
    this.tools?.replaceChildren();
    this.note?.replaceChildren();
    for (const item of items) {
      item.setAttribute("data-exam", "");
      item.clear();
      item.say("");
      for (const i of this.chosen[item.id] ?? []) if (item.inputs[i]) item.inputs[i].checked = true;
    }
    this.show(at);
  }

  /** @param {QuizQuestion} item */
  take(item) {
    this.chosen[item.id] = [...item.chosen()];
    this.hold();
    this.number();
  }

  /** @param {number} at @param {boolean} [focus] */
  show(at, focus = true) {
    super.show(at, focus);
    if (this.items[at]) this.hold();
  }

  /** @param {Record<string, any>} [more] */
  hold(more = {}) {
    const before = store.get(this.key)?.more ?? {};
    const drawn = this.items.map((item) => [item.id, item.hash]);
    store.set(this.key, "", { more: { ...before, finished: false, drawn, chosen: this.chosen, at: Math.max(0, this.at), ...more } });
  }

  get end() {
    return "Finish the test";
  }

  /** @param {QuizQuestion} item */
  state(item) {
    return item.exam ? { class: "", words: item.chosen().size ? ", answered" : ", not answered" } : super.state(item);
  }

  async finish() {
    for (const item of this.items) item.reveal();
    const score = `${this.items.filter((item) => item.right).length} of ${this.items.length} right`;
    this.hold({ finished: true, last: score });
    const { verdict } = await import("./verdict.js");
    const again = make("div", { class: "question__actions" }, button("Take another test", () => this.start(), true));
    this.conclude(score, [...verdict(this.items), ...this.reading(this.items.filter((item) => !item.right)), again], this.items);
  }
}

customElements.define("quiz-test", QuizTest);
