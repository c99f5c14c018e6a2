// Progress: what a reader has answered, by item id, each with the hash of the item, in localStorage as far as that works.

const KEY = "unrolled";
const VERSION = 1;

/**
 * @typedef {{hash: string, chosen: number[], tries: number, done: boolean, right: boolean, when: number}} Entry
 * @typedef {{v: number, items: Record<string, Entry>}} State
 */

/** What this page keeps when storage is forbidden, full, corrupt or of a newer version: nothing there is touched then. */
/** @type {State | null} */
let memory = null;

/** @returns {State} */
function load() {
  if (memory) return memory;
  try {
    const text = localStorage.getItem(KEY);
    if (text === null) return { v: VERSION, items: {} };
    const state = JSON.parse(text);
    if (state?.v === VERSION && state.items && typeof state.items === "object") return state;
  } catch {
    // Fall through: keep what is there as it is, and remember in memory.
  }
  memory = { v: VERSION, items: {} };
  return memory;
}

/** Whether progress lasts longer than this page. */
export const lasting = () => (load(), memory === null);

/**
 * Return what is kept of an item, unless the item was edited since.
 * @param {string} id
 * @param {string} hash
 * @returns {Entry | undefined}
 */
export function get(id, hash) {
  const entry = Object.hasOwn(load().items, id) ? load().items[id] : undefined;
  return entry?.hash === hash && Array.isArray(entry.chosen) ? entry : undefined;
}

/**
 * Keep what the reader did; read and written in one go, so that two tabs do not undo each other.
 * @param {string} id
 * @param {Omit<Entry, "when"> | null} entry null forgets the item
 */
export function set(id, entry) {
  const state = load();
  if (entry) state.items[id] = { ...entry, when: Date.now() };
  else delete state.items[id];
  if (memory) return;
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    memory = state;
  }
}

/**
 * Call back when another tab has changed an item.
 * @param {() => void} changed
 * @returns {() => void} stops it
 */
export function watch(changed) {
  const hear = (/** @type {StorageEvent} */ event) => event.key === KEY && changed();
  addEventListener("storage", hear);
  return () => removeEventListener("storage", hear);
}
