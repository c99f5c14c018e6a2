// <quiz-trace>: a layer's pass over a short sequence, step by step. A reader goes through the
// steps, and changes a number: then all steps are computed anew, in the page.

import { button, make, QuizElement } from "./element.js";
import { step as computedStep } from "./step.js";
import * as tracing from "./tracing.js";
import { FEATURES, fields } from "./tracing-changes.js";
import { columnsOf, draw, equation, row } from "./tracing-parts.js";

/** @typedef {import("./shared.js").ClassName} ClassName */
/** @typedef {import("./tracing.js").Trace} Trace */
/** @typedef {import("./tracing.js").Traced} Traced */
/** @typedef {import("./tracing.js").Moment} Moment */
/** @typedef {import("./tracing-parts.js").Line} Line */

/** Milliseconds that a step stands while all are played. */
const PACE = 1300;
export class QuizTrace extends QuizElement {
  /** @type {Trace} what the page gave */
  #given = /** @type {any} */ (null);
  /** @type {Trace} with what the reader changed */
  #trace = /** @type {any} */ (null);
  /** What is added to the bias of one gate. */
  #by = 0;
  #t = 0;
  #unit = 0;
  #timer = 0;
  #place = make("input", { type: "range", min: "1", step: "1", value: "1" });
  #at = make("span", { class: "trace__number" });
  #play = button("Play", () => (this.#timer ? this.#pause() : this.#start()), true);
  #back = button("Back", () => this.#go(this.#t - 1));
  #next = button("Next", () => this.#go(this.#t + 1));
  #reset = button("Undo all changes", () => this.#undo());
  /** @type {((moment: Moment) => void)[]} one for each layer */
  #panels = [];
  /** Fill the fields with what is shown now. @type {(() => void)[]} */
  #fills = [];

  /** @override */
  upgrade() {
    if (!this.dataset.trace) return false;
    this.#given = JSON.parse(this.dataset.trace);
    this.#trace = structuredClone(this.#given);
    const { labels, layers } = this.#given;
    this.#place.max = `${labels.length}`;
    this.#place.addEventListener("input", () => this.#go(this.#place.valueAsNumber - 1));
    const field = make(
      "label",
      { class: "trace__place" },
      make("span", {}, "Step"),
      this.#place,
      this.#at
    );
    const steps = make("div", { class: "trace__steps" }, this.#back, this.#play, this.#next, field);
    const panels = layers.map((layer, k) => this.#panel(layer, k));
    const now = make("div", { class: "trace__now" }, ...panels);
    this.status.className = "trace__said";
    const figures = this.find("trace__figures");
    figures?.before(steps, now, this.status);
    figures?.after(this.#changes());
    this.find("trace__all")?.removeAttribute("open");
    this.#columns();
    this.addEventListener("keydown", (event) => this.#key(event));
    return true;
  }

  /** @override @param {AbortSignal} signal */
  connect(signal) {
    signal.addEventListener("abort", () => this.#pause());
    this.#show();
  }

  /** Keys for those who are on a button or a figure; a field has its own. @param {KeyboardEvent} event */
  #key(event) {
    const { target, key, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey) return;
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
    const last = this.#trace.labels.length - 1;
    const to = { ArrowLeft: this.#t - 1, ArrowRight: this.#t + 1, Home: 0, End: last }[key];
    if (to === undefined) return;
    event.preventDefault();
    this.#go(to);
  }

  #start() {
    if (this.#t === this.#trace.labels.length - 1) this.#go(0);
    this.#play.textContent = "Pause";
    this.#timer = window.setInterval(() => {
      this.#move(this.#t + 1);
      if (this.#t === this.#trace.labels.length - 1) this.#pause();
    }, PACE);
  }

  #pause() {
    window.clearInterval(this.#timer);
    this.#timer = 0;
    this.#play.textContent = "Play";
  }

  /** Go to a step; that stops what is played. @param {number} t */
  #go(t) {
    this.#pause();
    this.#move(t);
  }

  /** @param {number} t */
  #move(t) {
    this.#t = Math.max(0, Math.min(this.#trace.labels.length - 1, t));
    this.#show();
  }

  /** @param {Traced} layer @param {number} k which of the two */
  #panel(layer, k) {
    const { rows, input, classes, names, layer: kind } = this.#given;
    const size = layer.hidden_size;
    const [before, ...lines] = [
      "state before",
      ...rows.map(([name, words]) => `${words} ${name}`)
    ].map((words) => row(words, size));
    const cell = kind === "LSTM" ? row("cell before", size) : null;
    const width = input[0]?.length ?? 0;
    const read = row("input x", width <= FEATURES ? width : 0);
    const told = classes.map((name) => row(name, 1));
    const equations = make("div", { class: "trace__equations" });
    const inside = make(
      "div",
      { class: "trace__cell" },
      read.all,
      ...lines.slice(0, -1).map(({ all }) => all)
    );
    const after = /** @type {Line} */ (lines.at(-1));
    for (const line of [before, cell, ...lines])
      for (const [unit, { all }] of (line?.values ?? []).entries())
        all.addEventListener("click", () => this.#choose(unit));
    this.#panels[k] = (moment) => {
      const { t, step, x } = moment;
      const steps = this.#trace.layers[k]?.steps ?? [];
      const most = (/** @type {string} */ name) =>
        tracing.scale(steps.map((each) => tracing.numbersOf(name, each)));
      /** @type {Line} */ (before).show(moment.before.h, most("h"), true, this.#unit);
      cell?.show(moment.before.c, most("c"), true, this.#unit);
      for (const [i, [name, , signed]] of rows.entries())
        lines[i]?.show(tracing.numbersOf(name, step), most(name), signed, this.#unit);
      read.name.textContent = `input ${this.#given.labels[t]}`;
      read.show(x, tracing.scale(this.#trace.input), true, -1);
      for (const [i, each] of told.entries()) each.show([step.shares?.[i] ?? 0], 1, false, -1);
      equations.replaceChildren(...tracing.equations(moment, this.#unit).map(equation));
    };
    const loop = make(
      "p",
      { class: "trace__loop" },
      cell
        ? "↻ one step later, h is the state before and c the cell before"
        : "↻ one step later, this is the state before"
    );
    const said = told.length
      ? [make("div", { class: "trace__told" }, ...told.map(({ all }) => all))]
      : [];
    const heading = names[k] ? [make("p", { class: "trace__layer" }, names[k])] : [];
    const flow = make(
      "div",
      { class: "trace__flow" },
      ...[/** @type {Line} */ (before).all, cell?.all ?? [], inside, after.all].flat(),
      loop
    );
    return make("div", { class: "trace__panel" }, ...heading, flow, ...said, equations);
  }

  /** Let the columns of the figures lead to their steps. */
  #columns() {
    for (const svg of this.querySelectorAll(/** @satisfies {`.${ClassName}`} */ (".trace__svg")))
      for (const [t, column] of columnsOf(svg).entries())
        column.addEventListener("click", () => this.#go(t));
  }

  /** @param {number} unit */
  #choose(unit) {
    this.#unit = unit;
    this.#show();
  }

  /** What readers can change. */
  #changes() {
    const self = this;
    const made = fields({
      get trace() {
        return self.#trace;
      },
      get t() {
        return self.#t;
      },
      get unit() {
        return self.#unit;
      },
      get by() {
        return self.#by;
      },
      set by(value) {
        self.#by = value;
      },
      follow: () => this.#follow(),
      choose: (unit) => this.#choose(unit)
    });
    this.#fills = made.map(({ fill }) => fill);
    this.#reset.disabled = true;
    return make(
      "fieldset",
      { class: "trace__changes" },
      make("legend", {}, "Change it"),
      ...made.map(({ field }) => field),
      this.#reset
    );
  }

  /** Compute all steps anew after a change. */
  #follow() {
    this.#reset.disabled = false;
    for (const layer of this.#trace.layers)
      layer.steps = tracing.computed(this.#trace, this.#moved(layer));
    this.#bars();
    this.#show();
  }

  /** @param {Traced} layer */
  #moved(layer) {
    return tracing.moved(this.#trace.layer, layer, this.#by);
  }

  #undo() {
    this.#trace = structuredClone(this.#given);
    this.#by = 0;
    this.#reset.disabled = true;
    this.#bars();
    this.#show();
    this.#next.focus();
  }

  /** Move the bars of the figures to what is computed now. */
  #bars() {
    const svgs = this.querySelectorAll(/** @satisfies {`.${ClassName}`} */ (".trace__svg"));
    for (const [k, svg] of svgs.entries()) {
      const steps = this.#trace.layers[k]?.steps ?? [];
      const rows = svg.querySelectorAll(/** @satisfies {`.${ClassName}`} */ (".trace__row"));
      for (const [i, [name, , signed]] of this.#trace.rows.entries()) {
        const columns = steps.map((step) => tracing.numbersOf(name, step));
        if (rows[i]) draw(rows[i], columns, signed);
      }
    }
  }

  /** Show the step that the reader is at. */
  #show() {
    const { labels, layers, names, classes } = this.#trace;
    const t = this.#t;
    const place = `${t + 1} of ${labels.length}: ${labels[t]}`;
    this.#place.value = `${t + 1}`;
    this.#place.setAttribute("aria-valuetext", place);
    this.#at.textContent = place;
    // Not disabled: a button that is would lose the focus of who presses it.
    this.#back.setAttribute("aria-disabled", `${t === 0}`);
    this.#next.setAttribute("aria-disabled", `${t === labels.length - 1}`);
    /** @type {string[]} */
    const said = [];
    for (const [k, layer] of layers.entries()) {
      const moment = this.#moment(layer);
      this.#panels[k]?.(moment);
      const unit = layer.hidden_size > 1 ? `unit ${this.#unit + 1}` : "";
      const who = [names[k], unit].filter((word) => word).join(", ");
      const sentence = tracing.sentence(moment, this.#unit, classes);
      said.push(capital(who ? `${who}: ${sentence}` : sentence));
    }
    for (const column of this.querySelectorAll(".trace__svg"))
      for (const [k, each] of columnsOf(column).entries()) each.classList.toggle("is-now", k === t);
    for (const fill of this.#fills) fill();
    this.announce(`Step ${place}. ${said.join(" ")}`);
  }

  /** @param {Traced} layer @returns {Moment} */
  #moment(layer) {
    const { layer: kind, nonlinearity, input, start } = this.#trace;
    const t = this.#t;
    const before = layer.steps[t - 1] ?? start;
    const x = input[t] ?? [];
    const whole = this.#moved(layer);
    const { sums } = computedStep({ layer: kind, nonlinearity, ...whole }, x, before);
    const shown = /** @type {import("./tracing.js").Shown} */ (layer.steps[t]);
    return { kind, nonlinearity, t, before, x, layer: whole, step: { ...shown, sums } };
  }
}

/** @param {string} words */
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
