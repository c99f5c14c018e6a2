import assert from "node:assert/strict";
import { test } from "node:test";

import { plan, retrievability } from "../../quiz_js/fsrs.js";
import { erase, get, set } from "../../quiz_js/store.js";

const DAY = 86400000;

test("without reviews nothing is planned", () => {
  assert.equal(plan([]), undefined);
});

test("after as many days as its stability, an item is known with a chance of nine in ten", () => {
  for (const stability of [0.5, 3, 100])
    assert.ok(Math.abs(retrievability(stability, stability) - 0.9) < 1e-12);
});

test("a better rating brings an item back later", () => {
  const due = [1, 2, 3, 4].map((rating) => plan([[0, rating]])?.due ?? 0);
  assert.deepEqual(
    due,
    [...due].sort((a, b) => a - b)
  );
  const second = [1, 2, 3, 4].map(
    (rating) =>
      plan([
        [0, 3],
        [2 * DAY, rating]
      ])?.due ?? 0
  );
  assert.ok(second.every((when, i) => i === 0 || when > second[i - 1]));
});

test("the store plans a first review as this does", () => {
  erase();
  for (const rating of [1, 2, 3, 4]) {
    set(`item-${rating}`, "h", { done: true }, rating);
    const entry = get(`item-${rating}`, "h");
    assert.equal(entry?.due, plan(entry?.log ?? [])?.due);
  }
  erase();
});
