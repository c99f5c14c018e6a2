// What PyTorch's recurrent layers compute, step by step, so that a reader can change a number and
// see the rest follow. Tests hold it to torch over layers, sizes, directions and starts.

/** @typedef {number[]} Vector */

/**
 * A recurrent layer, with its parameters by torch's names.
 * @typedef {object} Layer
 * @property {string} layer `RNN`, `LSTM` or `GRU`
 * @property {string} [nonlinearity] of an RNN: `tanh` or `relu`
 * @property {number} hidden_size
 * @property {number} [num_layers]
 * @property {boolean} [bidirectional]
 * @property {Record<string, Vector[] | Vector>} weights
 */

/** @typedef {{h: Vector, c: Vector}} State `c` is empty but for an LSTM */

/**
 * What goes into a gate of one unit: from the input, from the state, and the two biases.
 * @typedef {{x: number, h: number, b: number, d: number}} Sum
 */

/**
 * One step: what its gates are, by name, the sums that went into them, and the state after it.
 * @typedef {State & {gates: Record<string, Vector>, sums: Record<string, Sum[]>}} Step
 */

/**
 * A whole pass. `passes` holds, for each layer and direction, its steps in the order of time.
 * @typedef {object} Pass
 * @property {Vector[]} output
 * @property {Vector[]} h_n
 * @property {Vector[]} c_n
 * @property {Step[][]} passes
 */

/** The gates of each layer, in the order of the rows of its weights. */
export const GATES = /** @type {Record<string, string[]>} */ ({
  RNN: ["h"],
  LSTM: ["i", "f", "g", "o"],
  GRU: ["r", "z", "n"]
});

/** @param {number} x */
const sigmoid = (x) => 1 / (1 + Math.exp(-x));
/** @param {Vector} row @param {Vector} vector */
const dot = (row, vector) => row.reduce((sum, weight, i) => sum + weight * (vector[i] ?? 0), 0);

/**
 * Return what goes into each gate of each unit.
 * @param {Layer} layer
 * @param {string} end of the names of its parameters: `_l0`, `_l1_reverse`
 * @param {Vector} x
 * @param {Vector} h
 */
function sums({ layer, hidden_size, weights }, end, x, h) {
  const matrix = (/** @type {string} */ name) => /** @type {Vector[]} */ (weights[name + end]);
  const bias = (/** @type {string} */ name) =>
    /** @type {Vector | undefined} */ (weights[name + end]);
  const [ih, hh] = [matrix("weight_ih"), matrix("weight_hh")];
  const [b, d] = [bias("bias_ih"), bias("bias_hh")];
  /** @type {Record<string, Sum[]>} */
  const found = {};
  for (const [k, gate] of (GATES[layer] ?? []).entries())
    found[gate] = Array.from({ length: hidden_size }, (_, unit) => {
      const row = k * hidden_size + unit;
      return {
        x: dot(ih[row] ?? [], x),
        h: dot(hh[row] ?? [], h),
        b: b?.[row] ?? 0,
        d: d?.[row] ?? 0
      };
    });
  return found;
}

/**
 * Compute one step.
 * @param {Layer} layer
 * @param {Vector} x
 * @param {State} before
 * @param {string} [end] of the names of its parameters
 * @returns {Step}
 */
export function step(layer, x, before, end = "_l0") {
  const found = sums(layer, end, x, before.h);
  /** @param {string} gate @param {(x: number) => number} squash */
  const squashed = (gate, squash) =>
    (found[gate] ?? []).map(({ x, h, b, d }) => squash(x + h + b + d));
  if (layer.layer === "LSTM") return lstm(layer, end, before, found, squashed);
  if (layer.layer === "GRU") return gru(before, found, squashed);
  const relu = layer.nonlinearity === "relu";
  const h = squashed("h", relu ? (x) => Math.max(0, x) : Math.tanh);
  return { h, c: [], gates: {}, sums: found };
}

/**
 * @param {Layer} layer @param {string} end @param {State} before
 * @param {Record<string, Sum[]>} found
 * @param {(gate: string, squash: (x: number) => number) => Vector} squashed
 */
function lstm(layer, end, before, found, squashed) {
  const [i, f, o] = [squashed("i", sigmoid), squashed("f", sigmoid), squashed("o", sigmoid)];
  const g = squashed("g", Math.tanh);
  const c = f.map((keep, u) => keep * (before.c[u] ?? 0) + (i[u] ?? 0) * (g[u] ?? 0));
  const shown = o.map((open, u) => open * Math.tanh(c[u] ?? 0));
  const project = /** @type {Vector[] | undefined} */ (layer.weights[`weight_hr${end}`]);
  const h = project ? project.map((row) => dot(row, shown)) : shown;
  return { h, c, gates: { i, f, g, o }, sums: found };
}

/**
 * @param {State} before
 * @param {Record<string, Sum[]>} found
 * @param {(gate: string, squash: (x: number) => number) => Vector} squashed
 */
function gru(before, found, squashed) {
  const [r, z] = [squashed("r", sigmoid), squashed("z", sigmoid)];
  // The reset gate acts on the state's part, its bias included.
  const n = (found.n ?? []).map(({ x, h, b, d }, u) => Math.tanh(x + b + (r[u] ?? 0) * (h + d)));
  const h = n.map((next, u) => {
    const keep = z[u] ?? 0;
    return (1 - keep) * next + keep * (before.h[u] ?? 0);
  });
  return { h, c: [], gates: { r, z, n }, sums: found };
}

/**
 * Compute a whole pass over one sequence.
 * @param {Layer} layer
 * @param {Vector[]} input a vector a step
 * @param {{h?: Vector[], c?: Vector[]}} [start] for each layer and direction; zeros without
 * @returns {Pass}
 */
export function pass(layer, input, start = {}) {
  const ways = layer.bidirectional ? ["", "_reverse"] : [""];
  /** @type {Step[][]} */
  const passes = [];
  let output = input;
  for (let n = 0; n < (layer.num_layers ?? 1); n += 1) {
    const read = output;
    const both = ways.map((way, k) => {
      const state = { h: start.h?.[passes.length + k], c: start.c?.[passes.length + k] };
      return run(layer, `_l${n}${way}`, read, state);
    });
    output = read.map((_, t) => both.flatMap((steps) => steps[t]?.h ?? []));
    passes.push(...both);
  }
  const last = passes.map((steps, k) => steps[ways[k % ways.length] ? 0 : steps.length - 1]);
  return {
    output,
    h_n: last.map((step) => step?.h ?? []),
    c_n: last.map((step) => step?.c ?? []),
    passes
  };
}

/**
 * @param {Layer} layer @param {string} end @param {Vector[]} input
 * @param {Partial<State>} start
 */
function run(layer, end, input, start) {
  const reversed = end.endsWith("_reverse");
  const width = layer.weights[`weight_hr${end}`]?.length ?? layer.hidden_size;
  const cells = layer.layer === "LSTM" ? layer.hidden_size : 0;
  /** @type {State} */
  let state = { h: start.h ?? zeros(width), c: start.c ?? zeros(cells) };
  const steps = (reversed ? [...input].reverse() : input).map((x) => {
    const done = step(layer, x, state, end);
    state = done;
    return done;
  });
  return reversed ? steps.reverse() : steps;
}

/** @param {number} size @returns {Vector} */
const zeros = (size) => new Array(size).fill(0);

/**
 * Return the shares that a linear layer and a softmax give to classes.
 * @param {{weight: Vector[], bias: Vector}} head
 * @param {Vector} h
 */
export function shares({ weight, bias }, h) {
  const scores = weight.map((row, k) => dot(row, h) + (bias[k] ?? 0));
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const total = powers.reduce((sum, each) => sum + each, 0);
  return powers.map((each) => each / total);
}
