// The parts of a trace on the page: rows of numbers with bars, fields, equations, and the figures.

import { make } from "./element.js";
import { scale, written } from "./tracing.js";

/** @typedef {import("./shared.js").ClassName} ClassName */
/** @typedef {import("./step.js").Vector} Vector */

/** @param {string} label @param {string[]} options */
export function select(label, options) {
  const made = make(
    "select",
    {},
    ...options.map((words, value) => make("option", { value: `${value}` }, words))
  );
  return { made, field: make("label", { class: "trace__field" }, make("span", {}, label), made) };
}

/**
 * A slider with its number.
 * @param {string} label
 * @param {[min: number, max: number]} range
 * @param {(value: number) => void} changed
 */
export function slider(label, [min, max], changed) {
  const facts = { min: `${min}`, max: `${max}`, step: "0.1" };
  const input = make("input", { type: "range", ...facts });
  const shown = make("span", { class: "trace__number", "aria-hidden": "true" });
  const name = make("span", {}, label);
  const set = (/** @type {number} */ value) => {
    // A slider holds no more than its range, and a weight may be beyond.
    input.min = `${Math.min(min, Math.floor(value))}`;
    input.max = `${Math.max(max, Math.ceil(value))}`;
    input.value = `${value}`;
    shown.textContent = written(value);
  };
  input.addEventListener("input", () => {
    shown.textContent = written(input.valueAsNumber);
    changed(input.valueAsNumber);
  });
  return { field: make("label", { class: "trace__field" }, name, input, shown), name, set };
}

/** A row of numbers, each with a bar. @param {string} words @param {number} count */
export function row(words, count) {
  const values = Array.from({ length: count }, () => {
    const level = make("i", { class: "trace__level" });
    const number = make("b", {});
    return { all: make("span", { class: "trace__value" }, level, number), level, number };
  });
  const name = make("span", { class: "trace__name" }, words);
  const numbers = make("span", { class: "trace__values" }, ...values.map(({ all }) => all));
  /** @param {Vector} given @param {number} most @param {boolean} signed @param {number} unit */
  const show = (given, most, signed, unit) => {
    numbers.classList.toggle("is-signed", signed);
    for (const [k, { all, level, number }] of values.entries()) {
      const value = given[k] ?? 0;
      level.style.setProperty("--level", `${Math.min(1, Math.abs(value) / most)}`);
      level.classList.toggle("is-down", value < 0);
      all.classList.toggle("is-unit", k === unit);
      number.textContent = written(value);
    }
  };
  return { all: make("p", { class: "trace__line" }, name, numbers), name, show, values };
}

/** @typedef {ReturnType<typeof row>} Line */

/** @param {Element} svg @returns {SVGRectElement[]} */
export const columnsOf = (svg) => [
  .../** @type {NodeListOf<SVGRectElement>} */ (
    svg.querySelectorAll(/** @satisfies {`.${ClassName}`} */ (".trace__column"))
  )
];

/** @param {import("./tracing.js").Equation} line */
export function equation({ left, symbols, numbers, result }) {
  return make(
    "p",
    {},
    make("span", {}, `${left} = ${symbols}`),
    " ",
    make("span", {}, `= ${numbers}`),
    " ",
    make("strong", {}, `= ${result}`)
  );
}

/**
 * Move the bars of a row of a figure, which are in the order of the numbers.
 * @param {Element} row
 * @param {Vector[]} columns
 * @param {boolean} signed
 */
export function draw(row, columns, signed) {
  const most = scale(columns);
  const zero = row.querySelector(/** @satisfies {`.${ClassName}`} */ (".trace__zero"));
  const base = Number(zero?.getAttribute("y1"));
  const ends = row.querySelectorAll(/** @satisfies {`.${ClassName}`} */ (".trace__end"));
  const text = `${Number(most.toPrecision(2))}`;
  if (ends[0]) ends[0].textContent = text;
  if (ends[1] && signed) ends[1].textContent = `−${text}`;
  const bars = row.querySelectorAll(/** @satisfies {`.${ClassName}`} */ (".trace__bar"));
  for (const [k, value] of columns.flat().entries()) {
    const tall = (Math.abs(value) / most) * base;
    bars[k]?.setAttribute("y", `${value < 0 ? base : base - tall}`);
    bars[k]?.setAttribute("height", `${tall}`);
    bars[k]?.classList.toggle("is-down", value < 0);
  }
}
