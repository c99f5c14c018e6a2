import assert from "node:assert/strict";
import { test } from "node:test";

import { KEY, VERSION } from "../../quiz_js/shared.js";
import * as store from "../../quiz_js/store.js";
import { exported, imported } from "../../quiz_js/transfer.js";

const entry = { hash: "h", when: 5 };

test("an entry is what the widget itself writes", () => {
  assert.ok(store.sound(entry));
  assert.ok(store.sound({ ...entry, chosen: [0, 3], tries: 2, done: true, log: [[1, 4]], due: 9 }));
});

test("anything else is none", () => {
  for (const other of [undefined, null, 7, "abc", [], {}, { hash: "h" }, { when: 5 }])
    assert.equal(store.sound(other), false);
  for (const chosen of ["abc", ["__proto__"], ["length"], [-1], [0.5], [null], { 0: 1 }])
    assert.equal(store.sound({ ...entry, chosen }), false);
  for (const log of ["abc", [1], [[1]], [[1, 99]], [[1, -1]], [[1, 1.5]], [["1", 1]], [[null, 1]]])
    assert.equal(store.sound({ ...entry, log }), false);
  for (const tries of ["<b>", -1, 0.5]) assert.equal(store.sound({ ...entry, tries }), false);
});

test("progress is of this version, and holds entries by id", () => {
  assert.ok(store.valid({ v: VERSION, items: {} }));
  for (const other of [null, 5, "{}", [], {}, { v: VERSION }, { v: 99, items: {} }])
    assert.equal(store.valid(other), false);
  for (const items of [null, 5, []]) assert.equal(store.valid({ v: VERSION, items }), false);
});

test("a place is a whole number, else the first", () => {
  assert.equal(store.place({ at: 3 }), 3);
  for (const more of [undefined, 3, [], {}, { at: -1 }, { at: 1.5 }, { at: "length" }])
    assert.equal(store.place(more), 0);
});

test("what is kept of an item goes when the item is edited", () => {
  store.erase();
  store.set("a", "old", { done: true });
  assert.equal(store.get("a", "old")?.done, true);
  assert.equal(store.get("a", "new"), undefined);
  assert.equal(store.edited("a", "new"), true);
  assert.equal(store.edited("a", "old"), false);
  assert.equal(store.edited("b", "old"), false);
  assert.equal(store.get("toString"), undefined);
});

test("reviews stay, whatever else is replaced", () => {
  store.erase();
  store.set("a", "h", { done: true, chosen: [1] }, 1);
  store.set("a", "h", {});
  store.set("a", "h", {}, 3);
  const kept = store.get("a", "h");
  assert.equal(kept?.chosen, undefined);
  assert.deepEqual(
    kept?.log?.map(([, rating]) => rating),
    [1, 3]
  );
});

test("those who watch hear of a change here until they are told no more", () => {
  store.erase();
  let heard = 0;
  const end = new AbortController();
  // Node has no window to listen at.
  globalThis.addEventListener ??= () => {};
  store.watch(() => heard++, end.signal, true);
  store.set("a", "h", {});
  assert.equal(heard, 1);
  end.abort();
  store.set("a", "h", {});
  assert.equal(heard, 1);
});

test("progress taken along and brought in again is the same", () => {
  store.erase();
  store.set("a", "h", { done: true }, 3);
  const text = exported();
  store.erase();
  assert.equal(imported(text), 1);
  assert.equal(exported(), text);
  assert.equal(imported(text), 0);
});

test("what is no progress of ours is refused, and changes nothing", () => {
  store.erase();
  store.set("a", "h", { done: true });
  const before = exported();
  for (const [text, said] of [
    ["{", /no JSON/],
    ['{"v": 99}', /newer version/],
    ["[]", /no progress/],
    ["null", /no progress/]
  ])
    assert.throws(() => imported(String(text)), /** @type {RegExp} */ (said));
  assert.equal(exported(), before);
});

test("the key under which progress is kept never changes: readers have it in their browsers", () => {
  assert.equal(KEY, "unrolled");
  assert.equal(VERSION, 1);
});
