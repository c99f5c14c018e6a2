import assert from "node:assert/strict";
import { test } from "node:test";

import { moved, off, read, rested, shown, turned, written } from "../../quiz_js/clock.js";

test("a question's time begins once, and goes on when it is shown again", () => {
  const begun = shown(read(null), "a", 90, true);
  assert.deepEqual(begun, { left: { a: 90 }, running: true });
  const later = shown(moved(begun, "a", -10), "a", 90, false);
  assert.deepEqual(later, { left: { a: 80 }, running: false });
});

test("time never falls below nothing, and a minute more begins from there", () => {
  const run = { left: { a: 0, b: 7 }, running: true };
  assert.equal(moved(run, "a", -1).left.a, 0);
  assert.deepEqual(moved(run, "a", 60).left, { a: 60, b: 7 });
});

test("a clock pauses, goes on and rests", () => {
  const clock = { left: { a: 5 }, running: true };
  assert.equal(turned(clock).running, false);
  assert.equal(turned(turned(clock)).running, true);
  assert.equal(rested(clock).running, false);
  assert.equal(rested(rested(clock)).running, false);
});

test("a time is written as minutes and seconds", () => {
  assert.deepEqual([undefined, 0, 9, 60, 125].map(written), [
    "0:00",
    "0:00",
    "0:09",
    "1:00",
    "2:05"
  ]);
});

test("what was kept is read with care", () => {
  assert.deepEqual(read({ at: 2, left: { a: 5, b: "x", c: -1, d: 1.5 } }), {
    left: { a: 5 },
    running: false
  });
  for (const more of [undefined, null, 5, "abc", [], { left: [1] }, { left: null }])
    assert.deepEqual(read(more), { left: {}, running: false });
});

test("clocks are off only where the reader said so", () => {
  assert.equal(off({ off: true }), true);
  for (const more of [undefined, { off: false }, { off: "yes" }, [true]])
    assert.equal(off(more), false);
});
