import assert from "node:assert/strict";
import { test } from "node:test";

import { difference, read, same, sameCode } from "../../quiz_js/values.js";

test("a shape is read in all the ways people write one", () => {
  for (const text of [
    "(4, 7, 3)",
    "torch.Size([4, 7, 3])",
    "Torch.size([4,7,3])",
    "4, 7, 3",
    "4,7,3",
    "4 7 3",
    "4x7x3",
    "4 x 7 x 3",
    "4×7×3",
    "4X7X3",
    "[4,7,3]",
    "[ 4, 7, 3, ]",
    "4.7.3",
    "４，７，３",
    "（４、７、３）",
    "4 × 7 × 3 "
  ])
    assert.deepEqual(read(text, "shape"), [4, 7, 3]);
  assert.deepEqual(read("(3,)", "shape"), [3]);
  assert.deepEqual(read("3", "shape"), [3]);
  assert.deepEqual(read("torch.Size([])", "shape"), []);
  assert.deepEqual(read("()", "shape"), []);
});

test("what is no shape is not read as one", () => {
  for (const text of ["", " ", "four", "4, b, 3", "-4, 7", "batch, 7, 3", "4/7", "?", ","])
    assert.equal(read(text, "shape"), null);
});

test("a number is read with its sign, its point and its thousands", () => {
  const said = /** @type {const} */ ([
    ["36", 36],
    [" ３６ ", 36],
    ["-0.5", -0.5],
    ["−2", -2],
    ["1,024", 1024],
    ["1 024", 1024],
    ["(36)", 36]
  ]);
  for (const [text, value] of said) assert.deepEqual(read(text, "number"), [value]);
  for (const text of ["", "3 or 4", "4, 7", "x", "1e"]) assert.equal(read(text, "number"), null);
});

test("what differs is said, and the key is not", () => {
  assert.equal(
    difference([4, 3], [4, 7, 3], "shape"),
    "Your shape has 2 axes, and the right one has 3."
  );
  assert.equal(difference([3], [4, 3], "shape"), "Your shape has 1 axis, and the right one has 2.");
  assert.equal(
    difference([7, 4, 3], [4, 7, 3], "shape"),
    "These are the right sizes, in another order."
  );
  assert.equal(
    difference([4, 7, 6], [4, 7, 3], "shape"),
    "The third axis differs; the rest is right."
  );
  assert.equal(
    difference([5, 8, 3], [4, 7, 3], "shape"),
    "The first and second axes differ; the rest is right."
  );
  assert.equal(difference([1, 1], [4, 7], "shape"), "The number of axes is right, and no size is.");
  assert.equal(difference([3], [4], "number"), "Your number is too small.");
  assert.equal(difference([9], [4], "number"), "Your number is too large.");
});

test("shapes are the same size by size", () => {
  assert.ok(same([4, 7], [4, 7]));
  assert.ok(!same([4, 7], [4]));
  assert.ok(same([], []));
});

test("code is the same whatever its blanks and quotation marks", () => {
  assert.ok(sameCode("hidden_size = 3", "hidden_size=3"));
  assert.ok(sameCode("out[:,-1]", "out[:, -1]"));
  assert.ok(sameCode("nonlinearity=‘relu’", 'nonlinearity="relu"'));
  assert.ok(sameCode("not x", "not  x"));
  assert.ok(!sameCode("notx", "not x"));
  assert.ok(!sameCode("20", "2 0"));
  assert.ok(!sameCode("", "20"));
});
