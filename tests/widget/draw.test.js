import assert from "node:assert/strict";
import { test } from "node:test";

import { draw } from "../../quiz_js/draw.js";
import { LEVELS } from "../../quiz_js/rules.js";
import { DRAWN } from "../../quiz_js/shared.js";

const pool = LEVELS.flatMap((level) =>
  Array.from({ length: 8 }, (_, i) => ({ id: `${level}-${i}`, level }))
);
const level = (/** @type {string} */ id) => id.split("-")[0];

test("a draw is even, easy questions first, and asks none twice", () => {
  for (let round = 0; round < 50; round++) {
    const drawn = draw(pool, DRAWN, new Set());
    const counts = LEVELS.map((name) => drawn.filter((id) => level(id) === name).length);
    assert.equal(new Set(drawn).size, DRAWN);
    assert.ok(Math.max(...counts) - Math.min(...counts) <= 1);
    const places = drawn.map((id) => LEVELS.findIndex((name) => name === level(id)));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b)
    );
  }
});

test("what was drawn last time comes only where nothing else is left", () => {
  const before = draw(pool, DRAWN, new Set());
  const next = draw(pool, DRAWN, new Set(before));
  assert.deepEqual(
    next.filter((id) => before.includes(id)),
    []
  );
  const few = pool.slice(0, 3);
  assert.equal(draw(few, DRAWN, new Set([few[0].id])).length, 3);
});
