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
  const today = (/** @type {string} */ id, /** @type {string} */ hash) => {
    const [before, now] = (Object.hasOwn(known, id) && known[id]) || [];
    if (!now || before !== hash || now === hash) return hash;
    moved = true;
    return now;
  };
  for (const [id, entry] of Object.entries(state.items)) {
    if (entry?.hash) entry.hash = today(id, entry.hash);
    for (const pair of drawn(entry?.more)) pair[1] = today(pair[0], pair[1]);
  }
  if (!moved) return;
  save({ ...state, asks: true });
  // To what is shown already, as another tab would tell it.
  dispatchEvent(new StorageEvent("storage", { key: PLACE }));
}

/**
 * Return the questions that a test drew, each as id and hash.
 * @param {any} more what a mode keeps
 * @returns {[string, string][]}
 */
const drawn = (more) => (Array.isArray(more?.drawn) ? more.drawn.filter(Array.isArray) : []);
