import assert from "node:assert/strict";
import { test } from "node:test";

import { mapping, other, renumbered, traceback } from "../../quiz_js/numbers.js";

const TO = new Map([
  ["5", "3"],
  ["3", "8"]
]);

test("all numbers are put in at once, and only where they stand by themselves", () => {
  assert.equal(renumbered("nn.RNN(5, 3)", TO), "nn.RNN(3, 8)");
  assert.equal(renumbered("[5] has 5.", TO), "[3] has 3.");
  assert.equal(renumbered("h_5 5.5 0.5 15 x5 3d 1e-5", TO), "h_5 5.5 0.5 15 x5 3d 1e-5");
});

test("the places of a traceback keep their numbers", () => {
  const text = "Traceback (most recent call last):\n  line 5: f(5)\nValueError: 5 is not 3";
  assert.equal(
    traceback(text, TO),
    "Traceback (most recent call last):\n  line 5: f(3)\nValueError: 3 is not 8"
  );
  assert.equal(traceback(text, TO, "E: new").split("\n")[2], "E: new");
  assert.equal(traceback("E: 5", TO), "E: 3");
});

test("the page's own numbers lead back to themselves", () => {
  const variants = { from: [5, 3], options: [], sets: [{ to: [4, 2] }] };
  assert.deepEqual(
    [...mapping(variants, -1)],
    [
      ["5", "5"],
      ["3", "3"]
    ]
  );
  assert.deepEqual(
    [...mapping(variants, 0)],
    [
      ["5", "4"],
      ["3", "2"]
    ]
  );
});

test("another combination comes each time, the page's own among them", () => {
  for (let last = -1; last < 3; last++) {
    const drawn = new Set([0, 0.34, 0.67, 0.99].map((r) => other(3, last, () => r)));
    assert.ok(!drawn.has(last));
    assert.equal(drawn.size, 3);
  }
});
