// <quiz-question>: upgrades a question's complete HTML to one that can be answered. What it shows
// was all on the page before; nothing that a reader types or that storage holds is ever parsed as
// HTML.

import { FRESH, placed, resumed, shuffled } from "./attempt.js";
import { actions, button, make, QuizElement } from "./element.js";
import { LETTERS } from "./shared.js";
import * as store from "./store.js";

/** @typedef {import("./attempt.js").Attempt} Attempt */
/** @typedef {import("./attempt.js").Setting} Setting */
/** @typedef {import("./shared.js").ClassName} ClassName */
/** @typedef {{item: Element, reason: Element, input: HTMLInputElement, key: boolean}} Option */

/**
 * Questions to upgrade or to renew, a few at a time, so that a long page stays responsive.
 * @type {Set<QuizQuestion>}
 */
const waiting = new Set();
const SLICE = 8;
/** Milliseconds within which a second Enter or click is taken for part of the first. */
const TWICE = 300;

/** @param {QuizQuestion} item */
function later(item) {
  if (!waiting.size) setTimeout(work);
  waiting.add(item);
}

function work() {
  const end = performance.now() + SLICE;
  for (const item of waiting) {
    waiting.delete(item);
    if (item.ready()) item.restore();
    if (performance.now() > end) break;
  }
  if (waiting.size) setTimeout(work);
}

/** What says why: loaded with the first answer, and there at once from then on. */
const feedback = () => import("./feedback.js");

/** What grades, what keeps, and what says why. */
const graders = () => Promise.all([import("./grade.js"), import("./kept.js"), feedback()]);

/** Another way to answer. @param {string} words @param {() => void} action */
function way(words, action) {
  const made = button(words, action);
  made.className = "question__way";
  return made;
}

export class QuizQuestion extends QuizElement {
  /** @type {Option[]} in the order of the source, by which answers are kept */
  #options = [];
  /** @type {Option[]} in the order shown */
  #shown = [];
  /** The page's own, once it is upgraded. */
  #answer = make("details");
  #told = make("div", { class: "question__told" });
  #panel = make(
    "div",
    { class: "question__panel", role: "group", "aria-label": "Feedback", tabindex: "-1" },
    this.status,
    this.#told
  );
  #check = button("Check", () => this.#submit(), true);
  #next = button("Next", (event) => this.#leave(event), true);
  #skip = button("Skip", (event) => this.#leave(event));
  #again = button("Try again", () => {
    this.forget(true);
    this.#begin();
  });
  /** @type {(() => void) | undefined} leads to what comes after it, where something does */
  #on;
  /** When the last step was taken. */
  #stepped = 0;
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

  /** Whether it was right at the first attempt, with none before. */
  get first() {
    return this.right && this.#attempt.tries === 1 && !this.entry?.again;
  }

  /** Whether a test asks it: choices count, and nothing is told before the end. */
  get silent() {
    return this.#setting === "test";
  }

  /** Where it is asked, which the stylesheet sees too. */
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

  /** In the order of the source. @returns {readonly Option[]} */
  get options() {
    return this.#options;
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
  get #letters() {
    const { keys } = this;
    return this.#shown.filter(({ input }) => keys.has(Number(input.value))).map(this.#letter);
  }

  /** The letter of an option, as shown. @param {Option} option */
  #letter = (option) => LETTERS[this.#shown.indexOf(option)];

  /**
   * Lead on from here: once there is nothing to check, in place of Check.
   * @param {string} words
   * @param {() => void} [on] none where nothing follows
   * @param {Node[]} others further ways
   */
  lead(words, on, ...others) {
    this.#next.textContent = words;
    this.#on = on;
    for (const old of [...(this.#again.parentElement?.children ?? [])].slice(4)) old.remove();
    this.#again.after(...others);
    this.#turn(this.#attempt);
  }

  /** Go on, unless the press belongs to the one that checked. @param {MouseEvent} event */
  #leave({ detail, timeStamp }) {
    if (detail === 1 || timeStamp - this.#stepped > TWICE) this.#on?.();
  }

  /** To where it is answered. */
  #begin() {
    (this.typing ?? this.#shown[0].input).focus();
  }

  /** Give it the focus; where its options lie out of sight, bring it to the top. */
  enter() {
    const title = this.find("question__title");
    title?.setAttribute("tabindex", "-1");
    title?.focus({ preventScroll: true });
    const end = (/** @type {Element | null} */ part) => part?.getBoundingClientRect().bottom ?? 0;
    if (end(this.querySelector("fieldset")) > end(this.#panel)) this.scrollIntoView();
  }

  /** Whether something is chosen or typed. */
  get answered() {
    return this.chosen.size > 0 || this.draft.length > 0 || Boolean(this.typing?.said);
  }

  /** @param {(option: Option) => boolean} test @returns {Set<number>} */
  #where(test) {
    return new Set(this.#options.flatMap((option, i) => (test(option) ? [i] : [])));
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
    const [type, words] =
      "multiple" in this.dataset
        ? ["checkbox", "Choose all that are right"]
        : ["radio", "Choose one"];
    this.#options = [...list.children].map((item, i) => {
      const input = make("input", { type, name: this.id, value: String(i) });
      item.replaceChildren(make("label", {}, input, ...item.childNodes));
      const reason = reasons.children[i];
      const key = reason.classList.contains(/** @satisfies {ClassName} */ ("is-key"));
      return { item, reason, input, key };
    });
    this.#shuffle(list, reasons);
    // No <form>: whenever one is added, Chromium's autofill reads all forms of the page anew.
    const fields = make("fieldset", { class: "question__form" });
    list.before(fields);
    // With the first choice: so an answer is graded and kept at the press.
    fields.addEventListener("change", () => graders().catch(() => {}), { once: true });
    const legend = make("legend", { class: "question__legend" }, words);
    fields.append(legend, list);
    list.removeAttribute("hidden");
    const { typed } = this.dataset;
    // What goes into blanks is told at the end.
    if (typed === "code") {
      fields.hidden = true;
      // Its fields are loaded once it is in sight.
      new IntersectionObserver(([{ isIntersecting }], sight) => {
        if (!isIntersecting) return;
        sight.disconnect();
        this.type();
      }).observe(this);
    } else if (typed)
      legend.append(
        make(
          "span",
          {},
          ", or ",
          way("type the answer", () => this.type(true))
        )
      );
    const buttons = actions(this.#check, this.#next, this.#skip, this.#again);
    fields.after(make("div", { class: "question__bar" }, this.#panel, buttons));
    this.addEventListener("keydown", (event) => this.press(event));
    this.unfold();
    this.#answer = answer;
    answer.firstElementChild?.addEventListener("click", (event) => {
      if (!this.ended && !answer.open) this.#ask(event);
    });
    const report = button("Report this question", () =>
      import("./report.js").then(({ report: send }) => send(this, report))
    );
    report.className = "question__report";
    this.find("question__proof")?.append(" ", report);
    if (this.#types) this.type();
    return true;
  }

  /**
   * Show the options in a random order. The letters are the list's own, so they follow; the reasons
   * are put in the same order, and the answer names the letters of the keys.
   * @param {Element} list
   * @param {Element} reasons
   */
  #shuffle(list, reasons) {
    this.#shown = shuffled(this.#options.length).map((i) => this.#options[i]);
    this.#shown.forEach(({ item, reason, input }, place) => {
      list.append(item);
      reasons.append(reason);
      input.setAttribute("aria-keyshortcuts", LETTERS[place]);
    });
    for (const place of [
      this.find("question__key")?.lastElementChild,
      document.getElementById(`${this.id}-key`)
    ])
      if (place) place.textContent = this.#letters.join(", ");
  }

  /**
   * Choose an option by its letter or number, as shown; Enter submits, as in a form. A key that is
   * held does nothing again.
   * @param {KeyboardEvent} event
   */
  press(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const { key, repeat } = event;
    if (
      event.ctrlKey ||
      event.altKey ||
      event.metaKey ||
      (target.closest("pre, summary, a") && target.localName !== "input")
    )
      return;
    if (key === "Enter" && (repeat || target instanceof HTMLInputElement)) {
      // Else the button that takes the focus would be pressed too.
      event.preventDefault();
      if (!repeat) this.#submit();
    }
    const input = this.#shown[placed(key)]?.input;
    if (!input || input.disabled || this.typing) return;
    event.preventDefault();
    // Else the theme takes letters for its own.
    event.stopPropagation();
    if (repeat) return;
    input.checked = input.type === "radio" || !input.checked;
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
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
      return performance.now() - this.#stepped > TWICE
        ? this.announce("You tried that already. It costs nothing: try another.")
        : undefined;
    this.#sent.push(sent);
    this.#stepped = performance.now();
    const grading = await this.#grading();
    if (!grading) return this.#sent.pop();
    const { right, credit } = grading.grade(chosen, this.keys, this.#options.length);
    const most = grading.allowed(this.#setting, this.#options.length);
    const attempt = grading.submitted(this.#attempt, right, chosen, most);
    const words = grading.told(attempt, credit, most, this.#letters);
    this.#step(grading, attempt, words + (typed?.words ?? ""));
  }

  /** Load what grades, and what says why; say so where that fails. */
  async #grading() {
    try {
      const [grading, kept] = await graders();
      return { ...grading, ...kept };
    } catch {
      this.announce("This needs the network. Your answer stays: check it again.");
    }
  }

  /** Ask before the answer is given away: it then counts as missed. @param {Event} event */
  async #ask(event) {
    event.preventDefault();
    const asking = await import("./ask.js").catch(() => null);
    // Without the network, as it was meant: the reader pressed it.
    if (asking) asking.ask(this, this.#told);
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
    const grading = await this.#grading();
    if (!grading) return;
    this.#step(grading, grading.conceded(this.#attempt), grading.named(this.#letters));
  }

  /**
   * Grade what was chosen in a test, and show it.
   * @param {boolean} [fresh] whether it counts: not when it is shown once more
   * @returns {Promise<boolean>} whether it could be graded
   */
  async reveal(fresh = true) {
    const grading = await this.#grading();
    if (!grading) return false;
    const { chosen } = this;
    const { right } = grading.grade(chosen, this.keys, this.#options.length);
    this.setting = "practice";
    const words = `${this.answered ? "Not right" : "Unanswered"}. ${grading.named(this.#letters)}`;
    const attempt = grading.submitted(FRESH, right, chosen, 1);
    if (fresh) this.#step(grading, attempt, right ? "Right." : words);
    else {
      this.#turn(attempt);
      this.announce(right ? "Right." : words);
      this.#kept = this.entry?.when;
    }
    return true;
  }

  /**
   * Take a step: show, keep and announce it.
   * @param {Pick<typeof import("./kept.js"), "keep">} kept
   * @param {Attempt} attempt
   * @param {string} words
   */
  #step({ keep }, attempt, words) {
    // Of the same clock as the time of an event.
    this.#stepped = performance.now();
    const held = this.contains(document.activeElement);
    const before = this.#attempt;
    this.#turn(attempt);
    keep(this, before, attempt);
    this.#kept = this.entry?.when;
    this.announce(
      store.lasting() ? words : `${words} (Your browser keeps no progress for this site.)`
    );
    if (!this.ended) return;
    this.dispatchEvent(new Event("quiz-done", { bubbles: true }));
    // Where nothing follows, to what it says: a second Enter must not begin anew.
    if (held) (this.#next.hidden ? this.#panel : this.#next).focus();
  }

  /** Show where the reader is. @param {Attempt} attempt */
  #turn(attempt) {
    this.#attempt = attempt;
    const { ended, silent } = this;
    this.typing?.show(ended);
    for (const { input } of this.#options) input.disabled = ended;
    const { phase, tries } = attempt;
    this.#panel.dataset.phase = phase === "open" && tries ? "wrong" : phase;
    this.#explain(attempt);
    this.#check.hidden = ended || silent;
    this.#next.hidden = !this.#on || !(ended || silent);
    this.#skip.hidden = !this.#on || ended || silent;
    this.#again.hidden = !ended || this.#setting !== "practice";
    this.find("question__answer")?.firstElementChild?.replaceChildren(
      ended ? "Solution and further reasons" : "Show the answer"
    );
  }

  /** Mark the options, and say why. @param {Attempt} attempt */
  async #explain(attempt) {
    this.#told.replaceChildren();
    const loaded = attempt === FRESH && !this.#marked ? null : await feedback().catch(() => null);
    if (!loaded || attempt !== this.#attempt) return;
    this.#marked = true;
    const { ended, keys } = this;
    this.#options.forEach((option, i) => {
      option.reason.removeAttribute("hidden");
      loaded.mark(option, attempt.shown.includes(i) || (ended && keys.has(i)));
    });
    const told = this.#shown.filter(({ input, key }) =>
      key ? ended && keys.has(Number(input.value)) : attempt.tries && input.checked
    );
    this.#told.replaceChildren(...loaded.reasons(told, this.#letter));
    if (ended && this.dataset.kind === "predict-output") this.#explore(attempt);
  }

  /** Lead to the shape explorer, where the code makes a layer. @param {Attempt} attempt */
  async #explore(attempt) {
    const layer = await import("./layer.js").catch(() => null);
    const href = layer?.address(this);
    if (!href || attempt !== this.#attempt) return;
    const words = "Change a number of this layer in the shape explorer";
    this.#told.append(make("p", {}, make("a", { href }, words)));
  }

  /** Choose options. @param {readonly number[]} positions */
  choose(positions) {
    this.#options.forEach(({ input }, i) => (input.checked = positions.includes(i)));
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
