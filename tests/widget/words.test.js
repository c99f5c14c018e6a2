import assert from "node:assert/strict";
import { test } from "node:test";

import { many } from "../../quiz_js/words.js";

test("one of a thing is one thing, and any other number is several", () => {
  assert.deepEqual(
    [0, 1, 2, 10].map((count) => many(count, "item")),
    ["0 items", "1 item", "2 items", "10 items"]
  );
});
