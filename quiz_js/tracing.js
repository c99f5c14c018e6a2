// A trace as data: what a reader changed of it, and each step as an equation and as a sentence.

import { GATES, pass, shares } from "./step.js";

/** @typedef {import("./step.js").Vector} Vector */
/** @typedef {import("./step.js").Sum} Sum */

/** @typedef {{gates: Record<string, Vector>, h: Vector, c: Vector, shares?: Vector}} Shown */

/**
 * @typedef {object} Traced
 * @property {number} hidden_size
 * @property {Record<string, Vector[] | Vector>} weights
 * @property {Shown[]} steps
 * @property {{weight: Vector[], bias: Vector}} [head]
 */

/** @typedef {[name: string, words: string, signed: boolean]} Row a quantity that is shown */

/**
 * What the page gives.
 * @typedef {object} Trace
 * @property {string} layer
 * @property {string} nonlinearity
 * @property {Vector[]} input
 * @property {string[]} labels
 * @property {{h: Vector, c: Vector}} start
 * @property {string[]} classes
 * @property {Traced[]} layers
 * @property {string[]} names
 * @property {Row[]} rows
 */

/** The gate whose bias a reader moves as a whole. */
export const MOVED = /** @type {Record<string, string>} */ ({ LSTM: "f", GRU: "z" });

/** Write a number with two decimals and a true minus. @param {number} x */
export function written(x) {
  const text = Math.abs(x).toFixed(2);
  return x < 0 && Number(text) ? `−${text}` : text;
}

/** Write a sum. @param {number[]} terms */
const sum = (...terms) =>
  terms
    .map((term, i) => {
      const text = written(term);
      if (!i) return text;
      return text.startsWith("−") ? `− ${text.slice(1)}` : `+ ${text}`;
    })
    .join(" ");

/** Write a number below the line. @param {number} n */
export const below = (n) => [...`${n}`].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");

/**
 * Compute all steps of a layer.
 * @param {Trace} trace
 * @param {Traced} layer
 */
export function computed({ layer: kind, nonlinearity, input, start }, layer) {
  const whole = { layer: kind, nonlinearity, ...layer };
  const [steps = []] = pass(whole, input, { h: [start.h], c: [start.c] }).passes;
  const { head } = layer;
  return steps.map((step) => (head ? { ...step, shares: shares(head, step.h) } : step));
}

/**
 * Return a layer with the bias of one gate moved, for all units.
 * @param {string} kind
 * @param {Traced} layer
 * @param {number} by
 * @returns {Traced}
 */
export function moved(kind, layer, by) {
  const gate = (GATES[kind] ?? []).indexOf(MOVED[kind] ?? "");
  if (gate < 0 || !by) return layer;
  const size = layer.hidden_size;
  const rows = layer.weights.weight_ih_l0?.length ?? 0;
  const bias = /** @type {Vector} */ (layer.weights.bias_ih_l0 ?? new Array(rows).fill(0));
  const bias_ih_l0 = bias.map((b, row) => (Math.floor(row / size) === gate ? b + by : b));
  return { ...layer, weights: { ...layer.weights, bias_ih_l0 } };
}

/**
 * @typedef {object} Moment one step of one layer
 * @property {string} kind
 * @property {string} nonlinearity
 * @property {number} t which step, from 0
 * @property {{h: Vector, c: Vector}} before
 * @property {Shown & {sums: Record<string, Sum[]>}} step
 * @property {Vector} x
 * @property {Traced} layer
 */

/** @typedef {{left: string, symbols: string, numbers: string, result: string}} Equation */

/**
 * Write the equations of a step for one unit, with their numbers filled in.
 * @param {Moment} moment
 * @param {number} unit
 * @returns {Equation[]}
 */
export function equations(moment, unit) {
  const { kind, t, before, step, x, layer } = moment;
  const [now, then] = [below(t + 1), below(t)];
  const at = (/** @type {Vector | undefined} */ vector) => vector?.[unit] ?? 0;
  /** @param {string} name @param {string} symbols @param {string} numbers @param {number} value */
  const line = (name, symbols, numbers, value) => ({
    left: name + now,
    symbols,
    numbers,
    result: written(value)
  });
  /** @param {string} gate @param {string} squash */
  const gate = (gate, squash) => {
    const of = /** @type {Sum} */ (step.sums[gate]?.[unit]);
    const symbols = `${squash}(W x${now} + U h${then} + b)`;
    return line(
      gate,
      symbols,
      `${squash}(${sum(of.x, of.h, of.b + of.d)})`,
      at(step.gates[gate] ?? step.h)
    );
  };
  const [h, c] = [at(step.h), at(step.c)];
  if (kind === "LSTM") {
    const { f, i, g, o } = step.gates;
    const kept = `${written(at(f))} · ${written(at(before.c))}`;
    return [
      gate("f", "σ"),
      gate("i", "σ"),
      gate("g", "tanh"),
      line("c", `f · c${then} + i · g`, `${kept} + ${written(at(i))} · ${written(at(g))}`, c),
      gate("o", "σ"),
      line("h", `o · tanh(c${now})`, `${written(at(o))} · tanh(${written(c)})`, h)
    ];
  }
  if (kind === "GRU") {
    const { r, z, n } = step.gates;
    const of = /** @type {Sum} */ (step.sums.n?.[unit]);
    const [keep, next, old] = [at(z), at(n), at(before.h)];
    const inner = `${sum(of.x, of.b)} + ${written(at(r))} · (${sum(of.h, of.d)})`;
    const blend = `${written(1 - keep)} · ${written(next)} + ${written(keep)} · ${written(old)}`;
    return [
      gate("r", "σ"),
      gate("z", "σ"),
      line("n", `tanh(W x${now} + b + r · (U h${then} + b′))`, `tanh(${inner})`, next),
      line("h", `(1 − z) · n + z · h${then}`, blend, h)
    ];
  }
  const squash = moment.nonlinearity === "relu" ? "ReLU" : "tanh";
  const all = gate("h", squash);
  if (layer.hidden_size > 1 || x.length > 1) return [all];
  const [w, u] = [layer.weights.weight_ih_l0, layer.weights.weight_hh_l0].map(
    (matrix) => /** @type {Vector[]} */ (matrix)[0]?.[0] ?? 0
  );
  const { b, d } = /** @type {Sum} */ (step.sums.h?.[0]);
  const parts = `${written(w ?? 0)} · ${written(x[0] ?? 0)} + ${written(u ?? 0)} · ${written(at(before.h))}`;
  const bias = written(b + d);
  const end = bias.startsWith("−") ? `− ${bias.slice(1)}` : `+ ${bias}`;
  const symbols = `${squash}(w · x${now} + u · h${then} + b)`;
  return [{ ...all, symbols, numbers: `${squash}(${parts} ${end})` }];
}

/**
 * Say in a sentence what a step did to one unit.
 * @param {Moment} moment
 * @param {number} unit
 * @param {string[]} classes
 */
export function sentence({ kind, before, step }, unit, classes) {
  const at = (/** @type {Vector | undefined} */ vector) => written(vector?.[unit] ?? 0);
  const { f, i, g, o, r, z, n } = step.gates;
  const turn = `from ${at(before.h)} to ${at(step.h)}`;
  const said =
    kind === "LSTM"
      ? `the forget gate keeps ${at(f)} of the cell, the input gate lets in ${at(i)} of ${at(g)}, ` +
        `so the cell goes from ${at(before.c)} to ${at(step.c)}. ` +
        `The output gate is at ${at(o)}, and the state goes ${turn}.`
      : kind === "GRU"
        ? `the reset gate is at ${at(r)} and the candidate is ${at(n)}. ` +
          `The update gate keeps ${at(z)} of the old state, so the state goes ${turn}.`
        : `the input adds ${written(step.sums.h?.[unit]?.x ?? 0)}, the old state ` +
          `${written(step.sums.h?.[unit]?.h ?? 0)}, so the state goes ${turn}.`;
  const { shares } = step;
  if (!shares) return said;
  const most = shares.indexOf(Math.max(...shares));
  return `${said} Read out, ${classes[most]} has ${written(shares[most] ?? 0)}.`;
}

/** What fills a row: 1, or the largest number where one is larger. @param {Vector[]} columns */
export const scale = (columns) => Math.max(1, ...columns.flat().map(Math.abs));

/** The numbers of a row at a step. @param {string} name @param {Shown} step */
export const numbersOf = (name, step) => step.gates[name] ?? (name === "c" ? step.c : step.h);
