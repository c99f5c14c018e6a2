// Progress: what a reader has done, by item id, each with the hash of the item, in localStorage as far as that works.

export const KEY = "unrolled";
export const VERSION = 1;
const DAY = 86400000;
/** Days until an item comes back after its first review, by rating 1 to 4: what FSRS gives. The review page plans exactly. */
const FIRST = [1, 1, 2, 8];

/**
 * @typedef {object} Entry
 * @property {string} hash of the item's text when it was answered; empty for what belongs to no item
 * @property {number} when it last changed, in milliseconds
 * @property {number[]} [chosen] positions of the options, in the source
 * @property {number} [tries]
 * @property {boolean} [done]
 * @property {boolean} [right]
 * @property {string} [text] what the reader wrote
 * @property {[number, number][]} [log] reviews: when, and the rating 1 (again) to 4 (easy)
 * @property {number} [due] when it comes back
 * @property {any} [more] what a mode keeps
 * @typedef {{v: number, items: Record<string, Entry>}} State
 */

/** What this page keeps when storage is forbidden, full, corrupt or of a newer version: nothing there is touched then. */
/** @type {State | null} */
let memory = null;
/** What storage held when it was last read or written: a page asks for many items, and they are parsed once. */
let text = "";
/** @type {State | null} */
let parsed = null;
/** @type {Set<() => void>} */
const watchers = new Set();

/** @param {any} state @returns {state is State} */
export const valid = (state) => state?.v === VERSION && state.items !== null && typeof state.items === "object" && !Array.isArray(state.items);

/** @param {any} entry @returns {entry is Entry} */
export const sound = (entry) =>
  typeof entry?.hash === "string" &&
  Number.isFinite(entry.when) &&
  (entry.chosen === undefined || Array.isArray(entry.chosen)) &&
  (entry.log === undefined || (Array.isArray(entry.log) && entry.log.every((/** @type {any} */ r) => r?.length === 2 && r.every(Number.isFinite))));

/** @returns {State} */
export function load() {
  if (memory) return memory;
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === null) return { v: VERSION, items: {} };
    if (parsed && kept === text) return parsed;
    const state = JSON.parse(kept);
    if (valid(state)) {
      [text, parsed] = [kept, state];
      return state;
    }
  } catch {
    // Fall through: keep what is there as it is, and remember in memory.
  }
  memory = { v: VERSION, items: {} };
  return memory;
}

/** Keep a state, and tell this page; the browser tells the other tabs. @param {State} state */
export function save(state) {
  try {
    if (!memory) {
      // Else what could not be kept would be taken for kept.
      parsed = null;
      const kept = JSON.stringify(state);
      localStorage.setItem(KEY, kept);
      [text, parsed] = [kept, state];
    }
  } catch {
    memory = state;
  }
  for (const changed of watchers) changed();
}

/** Begin anew, whatever is there. */
export function begin() {
  memory = null;
  save({ v: VERSION, items: {} });
}

/** Whether progress lasts longer than this page. */
export const lasting = () => (load(), memory === null);

/** Everything that is kept, by id. */
export const all = () => load().items;

/**
 * Return what is kept of an item, unless the item was edited since.
 * @param {string} id
 * @param {string} [hash]
 * @returns {Entry | undefined}
 */
export function get(id, hash = "") {
  const items = all();
  const entry = Object.hasOwn(items, id) ? items[id] : undefined;
  return sound(entry) && entry.hash === hash ? entry : undefined;
}

/** Whether the item was answered before it was edited. @param {string} id @param {string} hash */
export const edited = (id, hash) => Object.hasOwn(all(), id) && all()[id]?.hash !== hash;

/**
 * Keep what the reader did; read and written in one go, so that two tabs do not undo each other. Reviews stay, whatever else is replaced.
 * @param {string} id
 * @param {string} hash
 * @param {Partial<Entry>} fields
 * @param {number} [rating] 1 (again) to 4 (easy), when this counts as a review
 */
export function set(id, hash, fields, rating = 0) {
  const state = load();
  const before = get(id, hash);
  const now = Date.now();
  /** @type {Entry} */
  const entry = { log: before?.log, due: before?.due, ...fields, hash, when: now };
  if (rating) {
    entry.log = [...(entry.log ?? []), [now, rating]];
    entry.due ??= now + FIRST[rating - 1] * DAY;
  }
  state.items[id] = entry;
  save(state);
}

/**
 * Call back when an item has changed, here or in another tab.
 * @param {() => void} changed
 * @param {boolean} [here] whether changes of this page count
 * @returns {() => void} stops it
 */
export function watch(changed, here = false) {
  const hear = (/** @type {StorageEvent} */ event) => event.key === KEY && changed();
  addEventListener("storage", hear);
  if (here) watchers.add(changed);
  return () => {
    removeEventListener("storage", hear);
    watchers.delete(changed);
  };
}
