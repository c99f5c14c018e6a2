// <quiz-challenge>: five problems against a clock that can be paused, extended or switched off. It locks nobody out: when it has run down it
// says so, and nothing else happens. All five right, at one attempt each, earn the topic's badge.

import { button, make } from "./dom.js";
import { Sequence } from "./sequence.js";
import * as store from "./store.js";

const CLOCK = "settings/clock";

class QuizChallenge extends Sequence {
  /** @type {Record<string, number>} seconds left, by question */
  left = {};
  running = false;

  begin() {
    this.items = this.all ?? [];
    for (const item of this.items) {
      item.dataset.attempts = "1";
      item.setAttribute("data-once", "");
      item.restore();
    }
    const kept = store.get(this.key)?.more;
    this.left = { ...kept?.left };
    const done = this.items.filter((item) => item.done).length;
    this.show(-1, false);
    this.say(done ? `${done} of ${this.items.length} problems done` : `${this.items.length} problems`);
    const at = Math.max(0, this.items[kept?.at] ? kept.at : this.items.findIndex((item) => !item.done));
    const go = button(done || kept ? "Go on" : "Start", () => this.show(at), true);
    this.tools?.replaceChildren(go);
    if (this.note)
      this.note.textContent = "One attempt each. The clock is a guide: pause it, add a minute, or switch it off. When it has run down, nothing is lost.";
    this.interval = setInterval(() => this.tick(), 1000);
    this.subscriptions.push(() => (clearInterval(this.interval), this.hold()));
    const away = () => document.hidden && this.hold();
    document.addEventListener("visibilitychange", away);
    this.subscriptions.push(() => document.removeEventListener("visibilitychange", away));
  }

  /** @param {number} at @param {boolean} [focus] */
  show(at, focus = true) {
    super.show(at, focus);
    const item = this.items[at];
    if (!item) return;
    if (this.note) this.note.textContent = "";
    this.left[item.id] ??= Number(item.dataset.seconds ?? 120);
    this.running = !item.done;
    this.controls();
    this.hold();
  }

  /** Keep where the reader is, and how much time is left. */
  hold() {
    if (this.items[this.at]) store.set(this.key, "", { more: { at: this.at, left: this.left } });
  }

  controls() {
    const item = this.items[this.at];
    const off = store.get(CLOCK)?.more?.off === true;
    if (!item || item.done) return this.tools?.replaceChildren();
    const turn = button(off ? "Switch the clock on" : "Switch the clock off", () => {
      store.set(CLOCK, "", { more: { off: !off } });
      this.controls();
      this.tools?.querySelector("button:last-child")?.dispatchEvent(new Event("focus"));
      /** @type {HTMLElement | null | undefined} */ (this.tools?.querySelector("button:last-child"))?.focus();
    });
    if (off) return this.tools?.replaceChildren(turn);
    this.clock = make("span", { class: "sequence__clock", role: "timer", "aria-label": "Time left" });
    const pause = button(this.running ? "Pause" : "Resume", () => {
      this.running = !this.running;
      pause.textContent = this.running ? "Pause" : "Resume";
      this.hold();
    });
    const more = button("Add a minute", () => {
      this.left[item.id] = Math.max(0, this.left[item.id]) + 60;
      if (this.note) this.note.textContent = "One minute more.";
      this.tell();
      this.hold();
    });
    this.tools?.replaceChildren(this.clock, pause, more, turn);
    this.tell();
  }

  tick() {
    const item = this.items[this.at];
    if (!item || !this.running || item.done || document.hidden || store.get(CLOCK)?.more?.off || this.left[item.id] <= 0) return;
    this.left[item.id] -= 1;
    this.tell();
    if (this.left[item.id] === 0 && this.note) this.note.textContent = "Time is up. Nothing is lost: take the time you need.";
    if (this.left[item.id] % 5 === 0) this.hold();
  }

  tell() {
    const left = this.left[this.items[this.at]?.id] ?? 0;
    if (this.clock) this.clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }

  answered() {
    super.answered();
    this.running = false;
    this.tools?.replaceChildren();
    this.hold();
  }

  finish() {
    const right = this.items.filter((item) => item.right);
    const open = this.items.filter((item) => !item.done);
    const all = right.length === this.items.length;
    if (all) store.set(`badge/${this.dataset.topic}`, "", { done: true });
    this.tools?.replaceChildren();
    const again = make("div", { class: "question__actions" });
    if (open.length) again.append(button("Go on", () => this.show(this.items.indexOf(open[0])), true));
    again.append(button("Start the challenge anew", () => this.anew()));
    const words = all ? "All five right. The topic's badge is yours." : "All five right at one attempt each earn the topic's badge.";
    this.conclude(`${right.length} of ${this.items.length} right`, [
      make("p", { class: all ? "sequence__badge" : "" }, words),
      ...this.reading(this.items.filter((item) => item.done && !item.right)),
      again,
    ]);
  }

  anew() {
    this.forget(this.items);
    this.left = {};
    this.show(0);
  }
}

customElements.define("quiz-challenge", QuizChallenge);
