// The clock of a challenge as the reader sees it: loaded when one starts.

import * as clocks from "./clock.js";
import { button, make } from "./element.js";
// So that the end is there, should the network be gone by then.
import "./results.js";
import * as store from "./store.js";

/** @typedef {import("./challenge.js").QuizChallenge} QuizChallenge */
/** @typedef {{off: boolean}} Setting what is kept under the key of all clocks */

const SETTING = "settings/clock";
const SECONDS = 120;

export class Timer {
  #mode;
  #clock;
  #face = make("span", { class: "sequence__clock", role: "timer", "aria-label": "Time left" });

  /** @param {QuizChallenge} mode */
  constructor(mode) {
    this.#mode = mode;
    this.#clock = clocks.read(mode.more);
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
    this.#mode.offer(...this.#controls());
    this.#hold();
  }

  /** Rest: the question is answered. */
  stop() {
    this.#clock = clocks.rested(this.#clock);
    this.#mode.offer();
    this.#hold();
  }

  /** Give each question its whole time. */
  reset() {
    this.#clock = clocks.read(null);
  }

  /** Keep where the reader is, and how much time is left. */
  #hold() {
    const { at, item } = this.#mode;
    if (item)
      this.#mode.keep(
        /** @type {import("./challenge.js").Kept} */ ({ at, left: this.#clock.left })
      );
  }

  get #off() {
    return clocks.off(store.get(SETTING)?.more);
  }

  /** Seconds left for the question that is shown. */
  get #left() {
    return this.#clock.left[this.#mode.item?.id ?? ""] ?? 0;
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
      const controls = this.#controls();
      this.#mode.offer(...controls);
      controls.at(-1)?.focus();
    });
    this.#tell();
    return off ? [turn] : [this.#face, this.#pause(), this.#extend(item.id), turn];
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
      this.#tell();
      this.#hold();
    });
  }

  #tick() {
    const { item } = this.#mode;
    if (!item || item.ended || !this.#clock.running || !this.#left || document.hidden || this.#off)
      return;
    this.#clock = clocks.moved(this.#clock, item.id, -1);
    this.#tell();
    if (!this.#left) this.#mode.announce("Time is up. Nothing is lost: take the time you need.");
    if (this.#left % 5 === 0) this.#hold();
  }

  #tell() {
    this.#face.textContent = clocks.written(this.#left);
  }
}
