import assert from "node:assert/strict";
import { test } from "node:test";

import { pass, shares, step } from "../../quiz_js/step.js";
import { CASES } from "./torch-steps.js";

/** @param {number[]} ours @param {number[]} theirs */
function near(ours, theirs) {
  assert.equal(ours.length, theirs.length);
  for (const [i, x] of ours.entries())
    if (!(Math.abs(x - (theirs[i] ?? NaN)) < 1e-6)) assert.equal(x, theirs[i]);
}

test("a pass of each kind of layer is torch's", () => {
  assert.ok(CASES.length >= 5);
  for (const { layer, input, start, torch } of CASES) {
    const ours = pass(layer, input, start);
    near(ours.output.flat(), torch.output.flat());
    near(ours.h_n.flat(), torch.h_n.flat());
    near(ours.c_n.flat(), torch.c_n.flat());
  }
});

const UNIT = {
  layer: "RNN",
  hidden_size: 1,
  weights: { weight_ih_l0: [[1]], weight_hh_l0: [[2]], bias_ih_l0: [0.25], bias_hh_l0: [0.5] }
};

test("a step says what went into it", () => {
  const { h, sums, gates } = step(UNIT, [-1], { h: [0.5], c: [] });
  assert.deepEqual(sums, { h: [{ x: -1, h: 1, b: 0.25, d: 0.5 }] });
  near(h, [Math.tanh(0.75)]);
  assert.deepEqual(gates, {});
});

test("a layer without biases has none, and relu cuts off", () => {
  const { weight_ih_l0, weight_hh_l0 } = UNIT.weights;
  const layer = { ...UNIT, nonlinearity: "relu", weights: { weight_ih_l0, weight_hh_l0 } };
  assert.deepEqual(pass(layer, [[-1], [2]]).output, [[0], [2]]);
});

test("no steps give no state", () => {
  assert.deepEqual(pass(UNIT, []), { output: [], h_n: [[]], c_n: [[]], passes: [[]] });
});

test("shares of classes are a softmax, however large the scores", () => {
  const head = { weight: [[1000], [999]], bias: [0, 1] };
  near(shares(head, [1]), [0.5, 0.5]);
  near(shares(head, [0]), [1 / (1 + Math.E), Math.E / (1 + Math.E)]);
});
