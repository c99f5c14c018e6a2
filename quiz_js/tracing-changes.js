// What a reader can change of a trace: inputs, weights and biases, as sliders.

import { make } from "./element.js";
import { below, MOVED } from "./tracing.js";
import { select, slider } from "./tracing-parts.js";

/** @typedef {import("./tracing.js").Trace} Trace */
/** @typedef {import("./tracing.js").Traced} Traced */
/** @typedef {import("./step.js").Vector} Vector */

/**
 * What the fields change, and whom they tell.
 * @typedef {object} Changed
 * @property {Trace} trace
 * @property {number} t the step that is shown
 * @property {number} unit the unit that is shown
 * @property {number} by what is added to the bias of one gate
 * @property {() => void} follow computes all steps anew
 * @property {(unit: number) => void} choose shows another unit
 */

/** @typedef {{field: HTMLElement, fill: () => void}} Field with what fills it with what is shown */

/** Features of an input that are shown as numbers, and can be changed one by one. */
export const FEATURES = 4;
/** The three numbers of a single unit. */
const UNIT = [
  ["w, for the input", "weight_ih_l0"],
  ["u, for the old state", "weight_hh_l0"],
  ["b, the bias", "bias_ih_l0"]
];

/**
 * Make the fields that fit a trace.
 * @param {Changed} changed
 * @returns {Field[]}
 */
export function fields(changed) {
  const { layers, layer: kind, input, rows } = changed.trace;
  const size = layers[0]?.hidden_size ?? 0;
  const width = input[0]?.length ?? 0;
  const gate = rows.find(([name]) => name === MOVED[kind]);
  const isUnit = size === 1 && width === 1 && kind === "RNN" && layers.length === 1;
  const shown = width <= FEATURES ? width : 0;
  return [
    ...(size > 1 ? [unit(changed, size)] : []),
    ...Array.from({ length: shown }, (_, i) => feature(changed, i, width)),
    ...(isUnit ? UNIT.map(([label = "", name = ""]) => weight(changed, label, name)) : []),
    ...(gate ? [bias(changed, gate[1])] : []),
    anything(changed)
  ];
}

/** Which unit is shown. @param {Changed} changed @param {number} size @returns {Field} */
function unit(changed, size) {
  const { made, field } = select(
    "Unit shown",
    Array.from({ length: size }, (_, k) => `${k + 1}`)
  );
  made.addEventListener("change", () => changed.choose(made.selectedIndex));
  return { field, fill: () => (made.selectedIndex = changed.unit) };
}

/**
 * A number of the input, at the step that is shown.
 * @param {Changed} changed @param {number} i @param {number} width
 * @returns {Field}
 */
function feature(changed, i, width) {
  const { field, name, set } = slider("", [-2, 2], (value) => {
    /** @type {Vector} */ (changed.trace.input[changed.t])[i] = value;
    changed.follow();
  });
  const fill = () => {
    const which = width > 1 ? `, number ${i + 1}` : "";
    name.textContent = `Input x${below(changed.t + 1)}${which}`;
    set(changed.trace.input[changed.t]?.[i] ?? 0);
  };
  return { field, fill };
}

/**
 * A weight of a single unit.
 * @param {Changed} changed @param {string} label @param {string} name
 * @returns {Field}
 */
function weight(changed, label, name) {
  const weights = () => /** @type {Traced} */ (changed.trace.layers[0]).weights;
  const isBias = name.startsWith("bias");
  const { field, set } = slider(label, [-4, 4], (value) => {
    weights()[name] = isBias ? [value] : [[value]];
    // Only the sum of the two biases matters: the one slider takes the place of both.
    if (isBias) delete weights().bias_hh_l0;
    changed.follow();
  });
  const fill = () => {
    const all = [name, ...(isBias ? ["bias_hh_l0"] : [])];
    set(all.reduce((sum, each) => sum + ((weights()[each] ?? [0]).flat()[0] ?? 0), 0));
  };
  return { field, fill };
}

/** The bias of a gate, for all units. @param {Changed} changed @param {string} words @returns {Field} */
function bias(changed, words) {
  const { field, set } = slider(`Added to the bias of the ${words}`, [-6, 6], (value) => {
    changed.by = value;
    changed.follow();
  });
  return { field, fill: () => set(changed.by) };
}

/** Any input, weight or bias, by its place. @param {Changed} changed @returns {Field} */
function anything(changed) {
  const { names, layers } = changed.trace;
  const tensors = ["input", ...Object.keys(layers[0]?.weights ?? {})];
  const which = select("Layer", names);
  which.field.hidden = layers.length < 2;
  const tensor = select("Tensor", tensors);
  const places = [select("Row", []), select("Column", [])];
  const holder = () => {
    const name = tensors[tensor.made.selectedIndex] ?? "";
    const layer = changed.trace.layers[Math.max(0, which.made.selectedIndex)];
    return name === "input" ? changed.trace.input : (layer?.weights[name] ?? []);
  };
  const cell = () => {
    const all = holder();
    const [i = 0, j = 0] = places.map(({ made }) => Math.max(0, made.selectedIndex));
    const row = all[i];
    return Array.isArray(row)
      ? { vector: row, at: j }
      : { vector: /** @type {Vector} */ (all), at: i };
  };
  const value = slider("Value", [-5, 5], (given) => {
    const { vector, at } = cell();
    vector[at] = given;
    changed.follow();
  });
  const fill = () => {
    const all = holder();
    const counts = [all.length, Array.isArray(all[0]) ? all[0].length : 0];
    for (const [k, { made, field }] of places.entries()) {
      const count = counts[k] ?? 0;
      field.hidden = !count;
      if (made.length !== count) {
        const options = Array.from({ length: count }, (_, n) => make("option", {}, `${n}`));
        made.replaceChildren(...options);
      }
    }
    const { vector, at } = cell();
    value.set(vector[at] ?? 0);
  };
  for (const each of [which, tensor, ...places]) each.made.addEventListener("change", fill);
  const all = [which, tensor, ...places, value].map(({ field }) => field);
  const field = make(
    "details",
    { class: "trace__any" },
    make("summary", {}, "Any weight, bias or input"),
    make("div", { class: "trace__fields" }, ...all)
  );
  return { field, fill };
}
