import assert from "node:assert/strict";
import { test } from "node:test";

import { marked, rating } from "../../quiz_js/recall.js";

test("a mark is read from what was kept", () => {
  assert.equal(marked(undefined), "none");
  assert.equal(marked({ hash: "h", when: 1 }), "none");
  assert.equal(marked({ hash: "h", when: 1, done: true, right: true }), "known");
  assert.equal(marked({ hash: "h", when: 1, done: true, right: false }), "unknown");
});

test("the first mark of a card counts, and changing one's mind does not", () => {
  assert.equal(rating("none", "known", false), 3);
  assert.equal(rating("none", "unknown", false), 1);
  assert.equal(rating("known", "unknown", false), 0);
  assert.equal(rating("unknown", "known", false), 0);
});

test("in the review each mark counts", () => {
  assert.equal(rating("known", "unknown", true), 1);
  assert.equal(rating("unknown", "known", true), 3);
});
