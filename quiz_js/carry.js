// Progress from before: each item was known by the hash of its whole text, and now by that of what
// it asks. Loaded where a reader has such progress.

import { PLACE, load, save } from "./store.js";

/** Carry progress over to the hashes of today; where there is nothing to carry, leave it as it is. */
export async function carry() {
  const response = await fetch(new URL("before.json", import.meta.url));
  /** @type {Record<string, [before: string, now: string]>} */
  const known = await response.json();
  const state = load();
  let moved = false;
  for (const [id, [before, now]] of Object.entries(known)) {
    const entry = Object.hasOwn(state.items, id) ? state.items[id] : null;
    if (before === now) continue;
    if (entry?.hash === before) [entry.hash, moved] = [now, true];
    for (const mode of Object.values(state.items))
      if (drawn(mode?.more, id, before, now)) moved = true;
  }
  if (!moved) return;
  save({ ...state, asks: true });
  // To what is shown already, as another tab would tell it.
  dispatchEvent(new StorageEvent("storage", { key: PLACE }));
}

/**
 * Carry over what a test keeps of the questions that it drew.
 * @param {any} more
 * @param {string} id
 * @param {string} before
 * @param {string} now
 * @returns {boolean} whether there was something to carry
 */
function drawn(more, id, before, now) {
  if (!Array.isArray(more?.drawn)) return false;
  const old = more.drawn.filter(
    (/** @type {unknown} */ pair) => Array.isArray(pair) && pair[0] === id && pair[1] === before
  );
  for (const pair of old) pair[1] = now;
  return old.length > 0;
}
