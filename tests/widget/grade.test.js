import assert from "node:assert/strict";
import { test } from "node:test";

import { FRESH, placed, resumed, shuffled } from "../../quiz_js/attempt.js";
import { allowed, conceded, grade, rating, submitted, told } from "../../quiz_js/grade.js";

test("with one key, an answer is right or it is not", () => {
  assert.deepEqual(grade(new Set([1]), new Set([1]), 4), { right: true, credit: 1 });
  assert.deepEqual(grade(new Set([0]), new Set([1]), 4), { right: false, credit: 0 });
});

test("with several keys, each option judged rightly counts", () => {
  const keys = new Set([0, 2]);
  assert.deepEqual(grade(new Set([0, 2]), keys, 4), { right: true, credit: 1 });
  assert.deepEqual(grade(new Set([0]), keys, 4), { right: false, credit: 0.75 });
  assert.deepEqual(grade(new Set([]), keys, 5), { right: false, credit: 0.6 });
});

test("only practice allows a second attempt, and only among more than three options", () => {
  assert.equal(allowed("practice", 4), 2);
  assert.equal(allowed("practice", 3), 1);
  for (const setting of /** @type {const} */ (["challenge", "test", "review"]))
    assert.equal(allowed(setting, 4), 1);
});

test("a right submission ends a question, whichever it is", () => {
  const first = submitted(FRESH, true, [2], 2);
  assert.deepEqual(first, { phase: "right", tries: 1, shown: [2] });
  const second = submitted(submitted(FRESH, false, [1], 2), true, [2], 2);
  assert.deepEqual(second, { phase: "right", tries: 2, shown: [1, 2] });
});

test("a wrong submission leaves a question open until the last", () => {
  const first = submitted(FRESH, false, [1], 2);
  assert.deepEqual(first, { phase: "open", tries: 1, shown: [1] });
  assert.deepEqual(submitted(first, false, [3], 2), { phase: "wrong", tries: 2, shown: [1, 3] });
});

test("steps leave the state before them as it was", () => {
  const before = submitted(FRESH, false, [1], 2);
  submitted(before, true, [2], 2);
  conceded(before);
  assert.deepEqual(before, { phase: "open", tries: 1, shown: [1] });
  assert.deepEqual(FRESH, { phase: "open", tries: 0, shown: [] });
});

test("asking for the answer ends a question without a submission", () => {
  assert.deepEqual(conceded(FRESH), { phase: "wrong", tries: 0, shown: [] });
});

test("a question goes on from what was kept", () => {
  const entry = { hash: "h", when: 1, chosen: [2], tries: 2 };
  assert.deepEqual(resumed({ ...entry, done: true, right: true }), {
    phase: "right",
    tries: 2,
    shown: [2]
  });
  assert.equal(resumed({ ...entry, done: true, right: false }).phase, "wrong");
  assert.equal(resumed(entry).phase, "open");
  assert.deepEqual(resumed({ hash: "h", when: 1 }), FRESH);
});

test("what is told depends on the attempt and on what was judged rightly", () => {
  const open = { phase: /** @type {const} */ ("open"), tries: 1, shown: [] };
  assert.equal(told({ phase: "right", tries: 1, shown: [] }, 1, 2, ["A"]), "Right.");
  assert.equal(told({ phase: "right", tries: 2, shown: [] }, 1, 2, ["A"]), "Right, at attempt 2.");
  assert.equal(told(open, 0, 2, ["A"]), "Not yet. 1 attempt left.");
  assert.equal(
    told(open, 0.75, 3, ["A"]),
    "Not yet: 75% of the options judged rightly. 2 attempts left."
  );
  const wrong = { phase: /** @type {const} */ ("wrong"), tries: 2, shown: [] };
  assert.equal(told(wrong, 0, 2, ["A"]), "Not yet. The answer is A.");
  assert.equal(told(wrong, 0, 2, ["A", "C"]), "Not yet. The answers are A, C.");
});

test("the first miss counts as forgotten, and a later one no more", () => {
  for (const missed of [false, true]) {
    assert.equal(rating({ phase: "open", tries: 1, shown: [] }, missed), 1);
    assert.equal(rating({ phase: "wrong", tries: 1, shown: [] }, missed), 1);
    assert.equal(rating({ phase: "wrong", tries: 0, shown: [] }, missed), 1);
    assert.equal(rating({ phase: "wrong", tries: 2, shown: [] }, missed), 0);
  }
});

test("a right answer counts only where the question was missed before", () => {
  assert.equal(rating({ phase: "right", tries: 1, shown: [] }, false), 0);
  assert.equal(rating({ phase: "right", tries: 1, shown: [] }, true), 3);
  assert.equal(rating({ phase: "right", tries: 2, shown: [] }, true), 2);
});

test("letters and numbers name options by their place, and other keys name none", () => {
  assert.deepEqual(["a", "C", "z"].map(placed), [0, 2, 25]);
  assert.deepEqual(["1", "3", "9"].map(placed), [0, 2, 8]);
  assert.deepEqual(["0", " ", "", "Enter", "ArrowDown", "AB", "é"].map(placed), Array(7).fill(-1));
});

test("a shuffle keeps every number, and takes its order from chance alone", () => {
  const order = shuffled(6, () => 0);
  assert.deepEqual([...order].sort(), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(
    shuffled(6, () => 0),
    order
  );
  assert.deepEqual(
    shuffled(6, () => 0.999),
    [0, 1, 2, 3, 4, 5]
  );
  assert.deepEqual(shuffled(0), []);
});
