// Progress from before: each item was known by the hash of its whole text, and now by that of what
// it asks. Loaded where a reader has such progress.

import { PLACE, load, save } from "./store.js";

/** Carry progress over to the hashes of today. */
export async function carry() {
  const response = await fetch(new URL("before.json", import.meta.url));
  /** @type {Record<string, [before: string, now: string]>} */
  const known = await response.json();
  const state = load();
  for (const [id, [before, now]] of Object.entries(known)) {
    const entry = Object.hasOwn(state.items, id) ? state.items[id] : null;
    if (entry?.hash === before) entry.hash = now;
    for (const mode of Object.values(state.items)) drawn(mode?.more, id, before, now);
  }
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
 */
function drawn(more, id, before, now) {
  if (!Array.isArray(more?.drawn)) return;
  for (const pair of more.drawn)
    if (Array.isArray(pair) && pair[0] === id && pair[1] === before) pair[1] = now;
}
