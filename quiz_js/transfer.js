// Taking progress along and bringing it in, and beginning anew: what only the page of progress
// needs.

import { VERSION } from "./shared.js";
import { erase, lasting, PLACE, load, restore, save, sound, valid } from "./store.js";

const UNDO = PLACE.replace(":", "-undo:");
const PROBE = PLACE.replace(":", "-probe:");

/** @typedef {import("./store.js").Entry} Entry */

/** Return all progress as JSON. */
export const exported = () => JSON.stringify(load());

/**
 * Merge progress into what is here: of each item the newer one stays, and reviews are joined.
 * @param {string} text as `exported` gives
 * @returns {number} how many items it brought
 * @throws {Error} when it is no progress of ours; nothing is changed then
 */
export function imported(text) {
  /** @type {any} */
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    throw new Error("This file is no JSON.");
  }
  if (read?.v > VERSION) throw new Error("This file is from a newer version of the site.");
  if (!valid(read)) throw new Error("This file holds no progress of this site.");
  const state = load();
  let count = 0;
  for (const [id, theirs] of Object.entries(read.items)) {
    if (!sound(theirs) || id === "__proto__") continue;
    const mine =
      Object.hasOwn(state.items, id) && sound(state.items[id]) ? state.items[id] : undefined;
    const newer = !mine || theirs.when > mine.when ? theirs : mine;
    const log = mine?.hash === theirs.hash ? joined(mine.log, theirs.log) : newer.log;
    if (newer === theirs || log?.length !== mine?.log?.length) count++;
    state.items[id] = { ...newer, log };
  }
  if (!read.asks) state.asks = false;
  save(state);
  return count;
}

/** @param {Entry["log"]} a @param {Entry["log"]} b */
function joined(a = [], b = []) {
  const all = new Map([...a, ...b].map((review) => [review[0], review]));
  return all.size ? [...all.values()].sort((x, y) => x[0] - y[0]) : undefined;
}

/**
 * Forget everything; `undo` brings it back, also after a reload. What could not be read is set
 * aside too.
 */
export function reset() {
  try {
    const before = localStorage.getItem(PLACE);
    if (before !== null) localStorage.setItem(UNDO, before);
  } catch {
    // Then there is no undo to offer.
  }
  erase();
}

/** Whether there is a reset to undo. */
export function undoable() {
  try {
    return localStorage.getItem(UNDO) !== null;
  } catch {
    return false;
  }
}

/**
 * Bring back what the last reset took, as it was; with what was done since, if there is any. Where
 * storage refuses it, it is back on this page, and can be brought back again.
 */
export function undo() {
  const before = localStorage.getItem(UNDO);
  if (before === null) return;
  // What is no progress of this version cannot be joined, and what is refused cannot be put back.
  const ways = Object.keys(load().items).length ? [imported, restore] : [restore, imported];
  for (const way of ways)
    try {
      way(before);
      break;
    } catch {}
  if (lasting()) localStorage.removeItem(UNDO);
}

/** Whether storage takes what it is given. */
export function writable() {
  try {
    localStorage.setItem(PROBE, "");
    localStorage.removeItem(PROBE);
    return lasting();
  } catch {
    return false;
  }
}
