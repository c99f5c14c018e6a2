// <quiz-question>: upgrades a question's complete HTML to one that can be answered. What it shows
// was all on the page before; nothing that a reader types or that storage holds is ever parsed as
// HTML.

import { FRESH, resumed } from "./attempt.js";
import { Bar } from "./bar.js";
import { QuizChoices } from "./choices.js";
import { button, later, make } from "./element.js";
import { fields, framed, press, shuffle } from "./options.js";
import * as store from "./store.js";

/** @typedef {import("./attempt.js").Attempt} Attempt */
/** @typedef {import("./attempt.js").Setting} Setting */

/** What says why: loaded with the first answer, and there at once from then on. */
const feedback = () => import("./feedback.js");

/** What grades, keeps and says why. */
const answering = () => import("./answering.js");

export class QuizQuestion extends QuizChoices {
  /** The page's own, once it is upgraded. */
  #answer = make("details");
  #report = button("Report this question", () =>
    import("./report.js").then(({ report }) => report(this, this.#report))
  );
  /** Its feedback and its buttons. */
  bar = new Bar(
    this.status,
    () => this.#submit(),
    () => {
      this.forget(true);
      this.#begin();
    }
  );
  /** @type {string[]} what was submitted, each as its positions */
  #sent = [];
  #attempt = FRESH;
  /** Whether an option ever had a mark. */
  #marked = false;
  /** @type {Setting} */
  #setting = "practice";
  /** When what is shown was kept. @type {number | undefined} */
  #kept = NaN;

  /** Where the reader is with it. */
  get attempt() {
    return this.#attempt;
  }

  /** Whether there is nothing more to answer. */
  get ended() {
    return this.#attempt.phase !== "open";
  }

  get right() {
    return this.#attempt.phase === "right";
  }

  /** Whether a test asks it: choices count, and nothing is told before the end. */
  get silent() {
    return this.#setting === "test";
  }

  /** Where it is asked, which the stylesheet sees too. */
  get setting() {
    return this.#setting;
  }

  set setting(/** @type {Setting} */ setting) {
    this.#setting = this.dataset.setting = setting;
    if (setting === "test" || setting === "review") this.renew();
    if (this.#types) this.type();
    this.#turn(this.#attempt);
  }

  /**
   * Ask it with other numbers, where it has them.
   * @param {() => number} [random] by which they are chosen; not given, others than last time
   */
  async renew(random) {
    if (!this.dataset.variants) return;
    const loaded = await import("./variants.js").catch(() => null);
    loaded?.renew(this, random);
  }

  /** Whether it is typed unless the reader chooses. */
  get #types() {
    const { typed, level } = this.dataset;
    const more = store.get("settings/typed")?.more;
    const wanted = store.record(more)
      ? more.on
      : this.#setting === "review" || (this.silent && level === "hard");
    return typed !== "code" && Boolean(typed && wanted);
  }

  /** Let it be typed. @param {boolean} [asked] whether the reader asked for it */
  async type(asked) {
    const loaded = await import("./typed.js").catch(() => null);
    if (!loaded) this.querySelector(".question__form")?.removeAttribute("hidden");
    else if (asked || !this.typing) loaded.turn(this);
    if (!asked) return;
    loaded?.keep(true);
    this.typing?.focus();
  }

  /**
   * Lead on from here: once there is nothing to check, in place of Check.
   * @param {string} words
   * @param {() => void} [on] none where nothing follows
   * @param {Node[]} others further ways
   */
  lead(words, on, ...others) {
    this.bar.lead(words, on, ...others);
    this.#turn(this.#attempt);
  }

  /** To where it is answered. */
  #begin() {
    (this.typing ?? this.shown[0].input).focus();
  }

  /** @override @param {AbortSignal} signal */
  start(signal) {
    later(this);
    store.watch(() => later(this), signal);
  }

  /** @override */
  upgrade() {
    const list = this.find("question__options");
    const reasons = this.find("question__rationales");
    const answer = /** @type {HTMLDetailsElement | null} */ (this.find("question__answer"));
    if (!list || !reasons || !answer) return false;
    this.options = fields(this.id, "multiple" in this.dataset, list, reasons);
    this.shown = shuffle(this.options, list, reasons);
    this.nameKeys();
    const form = framed(this, list);
    // With the first choice: so an answer is graded and kept at the press.
    form.addEventListener("change", () => answering().catch(() => {}), { once: true });
    form.after(this.bar.element);
    this.addEventListener("keydown", (event) => this.press(event));
    this.unfold();
    this.#answer = answer;
    answer.firstElementChild?.addEventListener("click", (event) => {
      if (!this.ended && !answer.open) this.#ask(event);
    });
    this.#report.className = "question__report";
    this.find("question__proof")?.append(" ", this.#report);
    if (this.#types) this.type();
    return true;
  }

  /** Choose an option, or submit, by a key. @param {KeyboardEvent} event */
  press(event) {
    press(event, this.typing ? [] : this.shown, () => this.#submit());
  }

  async #submit() {
    if (this.ended || this.silent) return;
    const typed = this.typing?.answer();
    if (typed === null) return;
    const { chosen } = this;
    if (!chosen.size && !typed) return this.announce("Choose an option first.");
    const sent = typed?.said ?? [...chosen].join();
    // A second press of the first one's says nothing more.
    if (this.#sent.includes(sent))
      return this.bar.busy
        ? undefined
        : this.announce("You tried that already. It costs nothing: try another.");
    this.#sent.push(sent);
    this.bar.stepped();
    const loaded = await this.#answering();
    if (loaded) loaded.submit(this, chosen, typed?.words);
    else this.#sent.pop();
  }

  /** Load what grades, and what says why; say so where that fails. */
  async #answering() {
    try {
      return await answering();
    } catch {
      this.announce("This needs the network. Your answer stays: check it again.");
    }
  }

  /** Ask before the answer is given away: it then counts as missed. @param {Event} event */
  async #ask(event) {
    event.preventDefault();
    const asking = await import("./ask.js").catch(() => null);
    // Without the network, as it was meant: the reader pressed it.
    if (asking) asking.ask(this, this.bar.told);
    else this.concede();
  }

  /** Stay with the question. */
  stay() {
    this.#turn(this.#attempt);
    this.announce("");
    this.#begin();
  }

  /** Take the answer. */
  async concede() {
    (await this.#answering())?.concede(this);
  }

  /**
   * Grade what was chosen in a test, and show it.
   * @param {boolean} [fresh] whether it counts: not when it is shown once more
   * @returns {Promise<boolean>} whether it could be graded
   */
  async reveal(fresh = true) {
    const loaded = await this.#answering();
    loaded?.reveal(this, fresh);
    return Boolean(loaded);
  }

  /**
   * Take a step: show and announce it, and keep it where it counts.
   * @param {Attempt} attempt
   * @param {string} words
   * @param {typeof import("./kept.js").keep} [keep]
   */
  step(attempt, words, keep) {
    this.bar.stepped();
    const held = this.contains(document.activeElement);
    const before = this.#attempt;
    this.#turn(attempt);
    keep?.(this, before, attempt);
    this.#kept = this.entry?.when;
    this.announce(words);
    if (!this.ended || !keep) return;
    this.dispatchEvent(new Event("quiz-done", { bubbles: true }));
    if (held) this.bar.focus();
  }

  /** Show where the reader is. @param {Attempt} attempt */
  #turn(attempt) {
    this.#attempt = attempt;
    const { ended } = this;
    this.typing?.show(ended);
    for (const { input } of this.options) input.disabled = ended;
    this.bar.show(attempt, this.#setting);
    this.#explain(attempt);
    this.find("question__answer")?.firstElementChild?.replaceChildren(
      ended ? "Solution and further reasons" : "Show the answer"
    );
  }

  /** Mark the options, and say why. @param {Attempt} attempt */
  async #explain(attempt) {
    this.bar.told.replaceChildren();
    const loaded = attempt === FRESH && !this.#marked ? null : await feedback().catch(() => null);
    if (!loaded || attempt !== this.#attempt) return;
    this.#marked = true;
    loaded.explain(this, attempt);
  }

  /** @override Where it is not shown already. */
  restore() {
    const { entry } = this;
    if (this.silent || this.#setting === "review" || entry?.when === this.#kept) return;
    this.#kept = entry?.when;
    this.clear();
    if (this.edited)
      this.announce("This question was edited since you answered it, so it counts as new.");
    if (!entry?.chosen) return;
    this.choose(entry.chosen);
    if (entry.tries) this.#sent = [entry.chosen.join()];
    this.#turn(resumed(entry));
    if (this.ended) this.announce(this.right ? "Answered rightly before." : "Answered before.");
  }

  /**
   * Forget the answer, here and in what is kept.
   * @param {boolean} [again] whether it is answered once more in the same round
   */
  forget(again = false) {
    store.set(this.id, this.hash, again ? { again } : {});
    this.#kept = this.entry?.when;
    this.clear();
    this.announce("");
    this.renew();
  }

  /** Take the answer away from what is shown. */
  clear() {
    this.choose([]);
    this.typing?.clear();
    this.#sent = [];
    this.#answer.open = false;
    this.#turn(FRESH);
  }
}
