// <quiz-question>: upgrades a question's complete HTML to one that can be answered. What it shows
// was all on the page before; nothing that a reader types or that storage holds is ever parsed as
// HTML.

import { FRESH, resumed } from "./attempt.js";
import { Bar } from "./bar.js";
import { button, later, make, QuizElement } from "./element.js";
import { fields, press, shuffle } from "./options.js";
import { LETTERS } from "./shared.js";
import * as store from "./store.js";

/** @typedef {import("./attempt.js").Attempt} Attempt */
/** @typedef {import("./attempt.js").Setting} Setting */
/** @typedef {import("./options.js").Option} Option */

/** What says why: loaded with the first answer, and there at once from then on. */
const feedback = () => import("./feedback.js");

/** What grades, keeps and says why. */
const answering = () => import("./answering.js");

/** Another way to answer. @param {string} words @param {() => void} action */
function way(words, action) {
  const made = button(words, action);
  made.className = "question__way";
  return made;
}

export class QuizQuestion extends QuizElement {
  /** In the order of the source, by which answers are kept. @type {readonly Option[]} */
  options = [];
  /** In the order shown. @type {readonly Option[]} */
  shown = [];
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
  /** Where the answer is typed and not chosen. @type {import("./typed.js").Typing | undefined} */
  typing;
  /** What was typed into it before. @type {readonly string[]} */
  draft = [];
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

  /** Positions of the keys. */
  get keys() {
    const keys = this.#where((option) => option.key);
    if (this.dataset.typed !== "code") return keys;
    // One filling of those that are right is enough.
    const [first] = [...this.chosen].filter((i) => keys.has(i)).concat(...keys);
    return new Set([first]);
  }

  /** Positions of the options that are chosen now. */
  get chosen() {
    return this.#where((option) => option.input.checked);
  }

  /** The letters of the keys, as shown. */
  get letters() {
    const { keys } = this;
    return this.shown.filter(({ input }) => keys.has(Number(input.value))).map(this.letter);
  }

  /** The letter of an option, as shown. @param {Option} option */
  letter = (option) => LETTERS[this.shown.indexOf(option)];

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

  /** Whether something is chosen or typed. */
  get answered() {
    return this.chosen.size > 0 || this.draft.length > 0 || Boolean(this.typing?.said);
  }

  /** @param {(option: Option) => boolean} test @returns {Set<number>} */
  #where(test) {
    return new Set(this.options.flatMap((option, i) => (test(option) ? [i] : [])));
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
    const several = "multiple" in this.dataset;
    this.options = fields(this.id, several ? "checkbox" : "radio", list, reasons);
    this.shown = shuffle(this.options, list, reasons);
    this.#name();
    // No <form>: whenever one is added, Chromium's autofill reads all forms of the page anew.
    const form = make("fieldset", { class: "question__form" });
    list.before(form);
    // With the first choice: so an answer is graded and kept at the press.
    form.addEventListener("change", () => answering().catch(() => {}), { once: true });
    const words = several ? "Choose all that are right" : "Choose one";
    const legend = make("legend", { class: "question__legend" }, words);
    form.append(legend, list);
    list.removeAttribute("hidden");
    this.#offer(form, legend);
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

  /** Offer to type the answer; what goes into blanks can only be typed, and is told at the end. */
  #offer(/** @type {HTMLElement} */ form, /** @type {HTMLElement} */ legend) {
    const { typed } = this.dataset;
    if (typed === "code") {
      form.hidden = true;
      // Its fields are loaded once it is in sight.
      new IntersectionObserver(([{ isIntersecting }], sight) => {
        if (!isIntersecting) return;
        sight.disconnect();
        this.type();
      }).observe(this);
    } else if (typed) {
      const ask = way("type the answer", () => this.type(true));
      legend.append(make("span", {}, ", or ", ask));
    }
  }

  /** Name the keys by their letters in the answer. */
  #name() {
    for (const place of [
      this.find("question__key")?.lastElementChild,
      document.getElementById(`${this.id}-key`)
    ])
      if (place) place.textContent = this.letters.join(", ");
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
    const kept = !keep || store.lasting();
    this.announce(kept ? words : `${words} (Your browser keeps no progress for this site.)`);
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

  /** Choose options. @param {readonly number[]} positions */
  choose(positions) {
    this.options.forEach(({ input }, i) => (input.checked = positions.includes(i)));
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
