// A test being taken: loaded when one starts, or when one was taken before; and with it what grades
// it at the end.

import { fragment, read, seeded } from "./assignment.js";
import { draw } from "./draw.js";
import { actions, button, make } from "./element.js";
import "./feedback.js";
import "./grade.js";
import "./kept.js";
import * as papers from "./paper.js";
import { reading } from "./results.js";
import { desk, report } from "./teaching.js";
import { DRAWN } from "./shared.js";
import { styled } from "./styles.js";
import { ahead, verdict } from "./verdict.js";
import { many } from "./words.js";

/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */

export class Sitting {
  #mode;
  #paper;
  /** @type {import("./assignment.js").Assignment | undefined} */
  #assignment;
  /** What was typed, by question. */
  #typed;

  /** @param {import("./exam.js").QuizTest} mode */
  constructor(mode) {
    this.#mode = mode;
    this.#paper = papers.read(mode.more);
    this.#typed = papers.typed(mode.more);
    styled("answered.css");
  }

  /** Show what teachers need: a link for a class, and the check of a result. */
  teach() {
    const { pool } = this.#mode;
    const drawn = pool.map((item) => ({ id: item.id, level: item.dataset.level ?? "" }));
    const back = button("Back to the test", () => this.#mode.begin(), true);
    this.#mode.offer(back);
    this.#mode.announce("");
    const parts = [desk(pool, (count, random) => draw(drawn, count, new Set(), random))];
    this.#mode.conclude({ words: "For teachers", parts });
  }

  /**
   * Let an assignment be taken: begin, go on, or show its result again.
   * @param {string} hash the part of the address that asks for it
   */
  async assign(hash) {
    const assignment = read(hash);
    if (!assignment)
      return this.#mode.announce("This link asks for no test: a part of it is missing.");
    const { ids, name } = assignment;
    const items = ids.flatMap((id) => this.#mode.pool.filter((item) => item.id === id));
    this.#mode.heading = `${name}: ${many(items.length, "question")}`;
    if (items.length < ids.length)
      return this.#mode.announce(
        `This site has ${items.length} of the ${many(ids.length, "question")} that it asks for. ` +
          "Tell whoever gave you the link."
      );
    this.#assignment = assignment;
    if (this.#paper.assignment === fragment(assignment)) return this.resume();
    this.#mode.announce(
      "Your teacher chose these questions. Nothing is told before the end; then you get a text " +
        "to send. It holds your answers and the name that you write."
    );
    this.#mode.offer(button("Start", () => this.#ask(items, {}, 0), true));
  }

  /** Show the result again, where the last test has one; else offer to begin or to go on. */
  async resume() {
    const { drawn, chosen, finished } = this.#paper;
    const items = papers.found(drawn, this.#mode.pool);
    if (!finished || !items.length || items.length < drawn.length) return this.invite();
    this.#mode.ask(items, -1, false);
    for (const item of items) {
      if (this.#assignment) item.renew(seeded(this.#assignment.seed, item.id));
      item.draft = this.#typed[item.id] ?? [];
      item.choose(chosen[item.id] ?? []);
    }
    await Promise.all(items.map((item) => item.reveal(false)));
    this.#mode.announce("");
    this.#mode.offer();
    this.#conclude(false);
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
    if (this.#assignment && open.length) start.hidden = true;
    const resume = button(`Go on with question ${at + 1}`, () => this.#ask(open, chosen, at), true);
    const teach = button("For teachers", () => this.teach());
    this.#mode.offer(...(open.length ? [resume] : []), start, ...(this.#assignment ? [] : [teach]));
    if (last) this.#mode.status.append(make("br"), `Last time: ${last}.`);
  }

  /** Draw questions, others than last time as far as there are, and ask them. */
  sit() {
    const { pool } = this.#mode;
    this.#typed = {};
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
    const assignment = this.#assignment && fragment(this.#assignment);
    this.#paper = {
      ...papers.read(this.#mode.more),
      drawn,
      chosen,
      finished: false,
      assignment
    };
    this.#mode.offer();
    this.#mode.announce("");
    for (const item of items) {
      item.draft = this.#typed[item.id] ?? [];
      item.setting = "test";
      if (this.#assignment) item.renew(seeded(this.#assignment.seed, item.id));
      item.clear();
      item.announce("");
      item.choose(chosen[item.id] ?? []);
      item.typing?.write(item.draft);
    }
    this.#mode.ask(items, at);
  }

  /** Keep what is chosen in the question that holds an input. @param {Element} input */
  note(input) {
    const item = this.#mode.items.find((one) => one.silent && one.contains(input));
    if (!item) return;
    item.draft = item.typing?.said ? item.typing.texts : [];
    this.#typed = { ...this.#typed, [item.id]: [...item.draft] };
    this.hold({ chosen: { ...this.#paper.chosen, [item.id]: [...item.chosen] } });
    this.#mode.number();
  }

  /** Keep where the reader is. @param {Partial<papers.Paper>} changes */
  hold(changes) {
    this.#paper = { ...this.#paper, ...changes };
    this.#mode.keep({ ...this.#paper, typed: this.#typed });
  }

  /** Grade it once, and show the verdict; ask before where something is unanswered. */
  async finish(sure = false) {
    const { items } = this.#mode;
    const open = items.filter((item) => item.silent && !item.answered);
    if (open.length && !sure) return this.#confirm(open);
    const all = this.#paper.finished ? [] : await Promise.all(items.map((item) => item.reveal()));
    if (all.includes(false)) return this.#mode.announce("This needs the network. Try again.");
    this.#mode.offer();
    this.#conclude();
  }

  /** Ask whether the test ends with questions unanswered. @param {readonly QuizQuestion[]} open */
  #confirm(open) {
    const back = button(
      "Go to the first",
      () => {
        this.#mode.offer();
        this.#mode.announce("");
        this.#mode.show(this.#mode.items.indexOf(open[0]));
      },
      true
    );
    this.#mode.announce(`${many(open.length, "question")} not answered yet.`);
    this.#mode.offer(
      back,
      button("Finish all the same", () => this.finish(true))
    );
    back.focus();
  }

  /** @param {boolean} [focus] whether the reader went there */
  #conclude(focus = true) {
    const { items } = this.#mode;
    const missed = items.filter((item) => !item.right);
    const words = `${items.length - missed.length} of ${items.length} right`;
    this.hold({ finished: true, last: words });
    const lead = ahead(items);
    const again = this.#assignment
      ? report(this.#assignment, items)
      : actions(
          ...lead,
          button("Take another test", () => this.sit(), !lead.length)
        );
    this.#mode.announce("");
    this.#mode.conclude(
      { words, parts: [...verdict(items), ...reading(missed), again], shown: items },
      focus
    );
  }
}
