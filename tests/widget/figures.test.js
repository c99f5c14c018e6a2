import assert from "node:assert/strict";
import { test } from "node:test";

import { reached, read, target } from "../../quiz_js/figures.js";
import { SIGNS } from "../../quiz_js/rules.js";

/** Whether 1, 2 and 3 reach a target, as it is stated. @param {string} stated */
function tried(stated) {
  const found = target(stated);
  return found && [1, 2, 3].map((figure) => reached(found, figure));
}

test("figures are held against a target by its sign", () => {
  assert.deepEqual(tried(">=2"), [false, true, true]);
  assert.deepEqual(tried("<=2"), [true, true, false]);
  assert.deepEqual(tried(">2"), [false, false, true]);
  assert.deepEqual(tried("<2"), [true, false, false]);
  assert.deepEqual(tried(">=-2.5"), [true, true, true]);
});

test("every sign that pages use is known", () => {
  for (const sign of SIGNS) assert.deepEqual(target(`${sign}7`), { sign, bound: 7 });
});

test("what states no target is none, and what is no number reaches none", () => {
  assert.equal(target(""), undefined);
  assert.equal(target("85"), undefined);
  const some = target("<=2");
  assert.equal(some && reached(some, NaN), false);
});

test("kept figures come back as they are written, and anything else as nothing", () => {
  assert.deepEqual(read({ figures: [85, 0.25, null] }), ["85", "0.25", ""]);
  for (const more of [undefined, {}, { figures: "abc" }, { figures: ["1"] }, { figures: [{}] }])
    assert.deepEqual(read(more), []);
});
