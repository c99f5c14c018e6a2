import assert from "node:assert/strict";
import { test } from "node:test";

import { fragment, parsed, read, seeded, text } from "../../quiz_js/assignment.js";

const GIVEN = { name: "Week 3: shapes & states", seed: 4207, ids: ["rnn-a", "rnn-b"] };
const RESULT = {
  name: "Week 3",
  seed: 4207,
  learner: "Ada López",
  when: "2026-11-27 10:00 UTC",
  score: "1 of 2",
  answers: [
    { id: "rnn-a", hash: "0123abcd", chosen: [2] },
    { id: "rnn-b", hash: "89ef", chosen: [] }
  ]
};

test("what a link asks for is what was put into it", () => {
  assert.deepEqual(read(fragment(GIVEN)), GIVEN);
});

test("a link that lacks a part asks for nothing", () => {
  for (const hash of [
    "",
    "#a",
    "#assignment=x",
    "#assignment=x&seed=1",
    "#assignment=x&seed=y&ids=a"
  ])
    assert.equal(read(hash), null);
});

test("a seed gives the same numbers each time, others for each question and seed", () => {
  const draw = (/** @type {number} */ seed, /** @type {string} */ name) =>
    Array.from({ length: 5 }, seeded(seed, name)).join();
  assert.equal(draw(7, "rnn-a"), draw(7, "rnn-a"));
  assert.ok(draw(7, "rnn-a") !== draw(7, "rnn-b"));
  assert.ok(draw(7, "rnn-a") !== draw(8, "rnn-a"));
  const many = Array.from({ length: 4000 }, seeded(1));
  assert.ok(many.every((one) => one >= 0 && one < 1));
  const mean = many.reduce((a, b) => a + b) / many.length;
  assert.ok(Math.abs(mean - 0.5) < 0.02);
});

test("a result is read back from a message that quotes it", () => {
  const mail = `Hello,\n\n${text(RESULT)
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\r\n")}\r\nAda`;
  assert.deepEqual(parsed(mail), RESULT);
});

test("a result that was changed, cut or is none says so", () => {
  const whole = text(RESULT);
  assert.throws(() => parsed(whole.replace("1 of 2", "2 of 2")), /changed/);
  assert.throws(() => parsed(whole.split("\n").slice(0, 5).join("\n")), /"Right" is missing/);
  assert.throws(() => parsed("8 of 10"), /no result/);
});

test("a line break in a name cannot pass for a line of the result", () => {
  const forged = text({ ...RESULT, learner: "Eve\nRight: 2 of 2" });
  assert.equal(parsed(forged).score, "1 of 2");
});
