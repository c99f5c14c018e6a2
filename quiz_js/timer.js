// The clock of a challenge as the reader sees it: loaded when one starts.

import * as clocks from "./clock.js";
import { button, make } from "./element.js";
// So that the end is there, should the network be gone by then.
import "./results.js";
import * as store from "./store.js";
import { styled } from "./styles.js";

/** @typedef {import("./challenge.js").QuizChallenge} QuizChallenge */
/** @typedef {{off: boolean}} Setting what is kept under the key of all clocks */

const SETTING = "settings/clock";
const SECONDS = 120;

export class Timer {
  #mode;
  #clock;
  /** Seconds that the reader took so far, by question. */
  #spent;
  /** @type {HTMLElement | undefined} the last of what is offered */
  #last;
  #face = make("span", { class: "sequence__clock", role: "timer", "aria-label": "Time left" });

  /** @param {QuizChallenge} mode */
  constructor(mode) {
    styled("answered.css");
    this.#mode = mode;
    this.#clock = clocks.read(mode.more);
    this.#spent = clocks.spent(mode.more);
    this.run(mode.signal);
  }

  /** Tick, while the mode is on the page. @param {AbortSignal} signal */
  run(signal) {
    // It may have left while this was loading.
    if (signal.aborted) return;
    const ticking = setInterval(() => this.#tick(), 1000);
    signal.addEventListener("abort", () => {
      clearInterval(ticking);
      this.#hold();
    });
    document.addEventListener("visibilitychange", () => document.hidden && this.#hold(), {
      signal
    });
  }

  /** Begin, or go on, with the time of the question that is shown. */
  show() {
    const { item } = this.#mode;
    if (!item) return;
    this.#clock = clocks.shown(
      this.#clock,
      item.id,
      Number(item.dataset.seconds ?? SECONDS),
      !item.ended
    );
    this.#offer();
    this.#hold();
  }

  /** Rest: the question is answered. */
  stop() {
    this.#clock = clocks.rested(this.#clock);
    this.#offer();
    this.#hold();
  }

  /** Offer what can be done with the clock, and show it beside what is pressed: in sight. */
  #offer() {
    const { item } = this.#mode;
    if (!item) return;
    this.#mode.offer(...this.#controls());
    this.#tell();
    const hidden = item.ended ? !this.#taken : this.#off;
    if (hidden) this.#face.remove();
    else item.querySelector(".question__bar > .question__actions")?.append(this.#face);
  }

  /** Give each question its whole time. */
  reset() {
    this.#clock = clocks.read(null);
    this.#spent = {};
  }

  /** Keep where the reader is, and how much time is left. */
  #hold() {
    const { at, item } = this.#mode;
    if (item)
      this.#mode.keep(
        /** @type {import("./challenge.js").Kept} */ ({
          at,
          left: this.#clock.left,
          spent: this.#spent
        })
      );
  }

  get #off() {
    return clocks.off(store.get(SETTING)?.more);
  }

  /** Seconds left for the question that is shown. */
  get #left() {
    return this.#clock.left[this.#mode.item?.id ?? ""] ?? 0;
  }

  /** Seconds that the reader took for it so far, beyond the end too. */
  get #taken() {
    return this.#spent[this.#mode.item?.id ?? ""] ?? 0;
  }

  /**
   * Make what the clock offers for the question that is shown; nothing once it is answered.
   * @returns {HTMLElement[]}
   */
  #controls() {
    const { item } = this.#mode;
    if (!item || item.ended) return [];
    const off = this.#off;
    const turn = button(`Switch the clock ${off ? "on" : "off"}`, () => {
      store.set(SETTING, "", { more: /** @type {Setting} */ ({ off: !off }) });
      this.#offer();
      this.#last?.focus();
    });
    this.#last = turn;
    if (off) return [turn];
    // What has run down cannot be paused.
    return [...(this.#left ? [this.#pause()] : []), this.#extend(item.id), turn];
  }

  #pause() {
    const word = () => (this.#clock.running ? "Pause" : "Resume");
    const pause = button(word(), () => {
      this.#clock = clocks.turned(this.#clock);
      pause.textContent = word();
      this.#hold();
    });
    return pause;
  }

  /** @param {string} id of the question */
  #extend(id) {
    return button("Add a minute", () => {
      this.#clock = clocks.moved(this.#clock, id, 60);
      this.#mode.announce("One minute more.");
      this.#offer();
      this.#hold();
      this.#last?.focus();
    });
  }

  #tick() {
    const { item } = this.#mode;
    if (!item || item.ended || !this.#clock.running || document.hidden || this.#off) return;
    const before = this.#left;
    this.#clock = clocks.moved(this.#clock, item.id, -1);
    this.#spent[item.id] = this.#taken + 1;
    this.#tell();
    if (before && !this.#left) {
      this.#mode.announce("Time is up. Nothing is lost: take the time you need.");
      this.#offer();
    }
    if (this.#taken % 5 === 0) this.#hold();
  }

  #tell() {
    const ended = this.#mode.item?.ended;
    this.#face.textContent = ended
      ? `Took ${clocks.written(this.#taken)}`
      : clocks.written(this.#left);
    this.#face.setAttribute("aria-label", ended ? "Time taken" : "Time left");
  }
}
