import assert from "node:assert/strict";
import { test } from "node:test";

import { open, read } from "../../quiz_js/paper.js";

const EMPTY = {
  drawn: [],
  chosen: {},
  at: 0,
  finished: false,
  last: undefined,
  assignment: undefined
};
const pool = ["a", "b", "c"].map((id) => ({ id, hash: `${id}1` }));

test("a test that is half done is read as it was kept", () => {
  const kept = {
    drawn: [["a", "a1"]],
    chosen: { a: [2] },
    at: 1,
    finished: false,
    last: "3 of 9",
    assignment: "#assignment=a"
  };
  assert.deepEqual(read(kept), kept);
});

test("what storage may hold beside that is nothing", () => {
  for (const more of [undefined, null, 5, "abc", [], {}]) assert.deepEqual(read(more), EMPTY);
  for (const drawn of ["abc", 5, [null], [["a"]], [["a", 1]], { 0: "a" }])
    assert.deepEqual(read({ drawn }), EMPTY);
  for (const at of [-1, 1.5, "length", null]) assert.equal(read({ at }).at, 0);
  assert.deepEqual(read({ chosen: { a: [0], b: ["__proto__"], c: 5, d: [-1] } }).chosen, {
    a: [0]
  });
  assert.equal(read({ last: 7 }).last, undefined);
  assert.equal(read({ finished: "yes" }).finished, false);
});

test("a half-done test goes on with its own questions, in their order", () => {
  const paper = read({
    drawn: [
      ["c", "c1"],
      ["a", "a1"]
    ]
  });
  assert.deepEqual(open(paper, pool), [pool[2], pool[0]]);
});

test("a test that ended, or of which a question was edited or is gone, does not go on", () => {
  const drawn = [
    ["c", "c1"],
    ["a", "a1"]
  ];
  assert.deepEqual(open(read({ drawn, finished: true }), pool), []);
  assert.deepEqual(open(read({ drawn: [...drawn, ["b", "edited"]] }), pool), []);
  assert.deepEqual(open(read({ drawn: [...drawn, ["gone", "x"]] }), pool), []);
  assert.deepEqual(open(read(null), pool), []);
});
