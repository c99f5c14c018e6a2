import assert from "node:assert/strict";
import { test } from "node:test";

import { foreseen, holds, quantities, tells } from "../../quiz_js/expected.js";

const SHAPES = "out (7, 4, 3)  h_n (1, 4, 3)";

test("each shape and number of an output is asked for, by what the output calls it", () => {
  assert.deepEqual(quantities(SHAPES), [
    { kind: "shape", text: "(7, 4, 3)", label: "out" },
    { kind: "shape", text: "(1, 4, 3)", label: "h_n" }
  ]);
  assert.deepEqual(quantities("torch.Size([7, 4])\nsame: True\n120"), [
    { kind: "shape", text: "torch.Size([7, 4])", label: "" },
    { kind: "truth", text: "True", label: "same" },
    { kind: "number", text: "120", label: "" }
  ]);
});

test("nobody foresees rows of numbers, long decimals, messages and tables", () => {
  for (const text of [
    "tensor([[0.33, -0.89]])",
    "5 steps back: 0.039909",
    "ValueError: 5 is not 3",
    "1 2 3 4 5"
  ])
    assert.deepEqual(quantities(text), []);
  assert.equal(foreseen("RNN(5, 3)\n".repeat(3)), false);
  assert.equal(foreseen("['a', 'b']"), true);
  assert.equal(foreseen("tensor([0.1, 0.2])"), false);
});

test("a prediction is right, wrong or cannot be read", () => {
  const [shape] = quantities(SHAPES);
  for (const said of ["7, 4, 3", "(7,4,3)", "torch.Size([7, 4, 3])", "7x4x3"])
    assert.equal(holds(shape, said), true);
  assert.equal(holds(shape, "4, 7, 3"), false);
  assert.equal(holds(shape, "seven"), null);
  const [truth] = quantities("True");
  assert.deepEqual(
    [holds(truth, "True"), holds(truth, "False"), holds(truth, "")],
    [true, false, null]
  );
});

test("a sentence tells a shape or a number in any writing", () => {
  const [shape] = quantities(SHAPES);
  for (const words of ["It is (7, 4, 3).", "torch.Size([7, 4, 3])", "7 × 4 × 3 numbers"])
    assert.equal(tells(shape, words), true);
  assert.equal(tells(shape, "7 steps of 4"), false);
  const [number] = quantities("120");
  assert.equal(tells(number, "all 120 weights"), true);
  assert.equal(tells(number, "1120 weights, 120.5"), false);
});
