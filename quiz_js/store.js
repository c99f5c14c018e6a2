// Progress: what a reader has done, by item id, each with the hash of the item, in localStorage as
// far as that works.

import { KEY, VERSION } from "./shared.js";

/** Under what progress is kept: sites at one origin differ in their paths. */
export const PLACE = `${KEY}:${new URL("../..", import.meta.url).pathname}`;

/**
 * @typedef {[when: number, rating: number]} Review when, in milliseconds; 1 (again) to 4 (easy)
 */
/**
 * @typedef {object} Entry
 * @property {string} hash of the item's text when it was answered; empty for what belongs to no
 *   item
 * @property {number} when it last changed, in milliseconds
 * @property {number[]} [chosen] positions of the options, in the source
 * @property {number} [tries]
 * @property {boolean} [done]
 * @property {boolean} [right]
 * @property {boolean} [again] whether it was answered before in the same round
 * @property {boolean} [fresh] whether its numbers were new when it was answered
 * @property {unknown} [seen] when it was answered last with which of its numbers
 * @property {string} [text] what the reader wrote
 * @property {Review[]} [log] in order
 * @property {number} [due] when it comes back, in milliseconds
 * @property {unknown} [more] what a mode keeps: each says what that is, and reads it with care
 */
/**
 * @typedef {object} State
 * @property {number} v
 * @property {Record<string, Entry>} items
 * @property {boolean} [asks] whether the hashes are of what items ask: they were of their whole
 *   text once
 */

const DAY = 864e5;
/**
 * Days until an item comes back after its first review, by rating 1 to 4: what FSRS gives. The
 * review page plans exactly.
 */
const FIRST = [1, 1, 2, 8];

/**
 * What this page keeps when storage is forbidden, full, corrupt or of a newer version: nothing
 * there is touched then.
 * @type {State | null}
 */
let memory = null;
/**
 * What storage held when it was last read or written: a page asks for many items, and they are
 * parsed once.
 */
let text = "";
/** @type {State | null} */
let parsed = null;
/** Tells this page of changes, its header too; the browser tells the other tabs. */
const changes = globalThis.window ?? new EventTarget();
const CHANGED = "quiz-kept";

/**
 * Whether it is a position or a count.
 * @param {unknown} value
 * @returns {value is number}
 */
export const whole = (value) => Number.isInteger(value) && /** @type {number} */ (value) >= 0;

/**
 * Whether it holds values by name.
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export const record = (value) => value instanceof Object && !Array.isArray(value);

/**
 * Whether all of a list are such values.
 * @template T
 * @param {unknown} value
 * @param {(one: unknown) => one is T} test
 * @returns {value is T[]}
 */
export const list = (value, test) => Array.isArray(value) && value.every(test);

/** @param {unknown} value @returns {value is Review} */
const review = (value) =>
  Array.isArray(value) &&
  value.length === 2 &&
  Number.isFinite(value[0]) &&
  [1, 2, 3, 4].includes(value[1]);

/**
 * Whether it is progress in the form of this version.
 * @param {any} state
 * @returns {state is State}
 */
export const valid = (state) => state?.v === VERSION && record(state.items);

/**
 * Whether it is an entry.
 * @param {any} entry
 * @returns {entry is Entry}
 */
export const sound = (entry) =>
  typeof entry?.hash === "string" &&
  Number.isFinite(entry.when) &&
  whole(entry.tries ?? 0) &&
  list(entry.chosen ?? [], whole) &&
  list(entry.log ?? [], review);

/** Return the place that a mode kept; the first where it kept none. @param {unknown} more */
export const place = (more) => (record(more) && whole(more.at) ? more.at : 0);

/** Whether a mode kept that its result is shown. @param {unknown} more */
export const ended = (more) => record(more) && more.ended === true;

/** Read all progress. @returns {State} */
export function load() {
  if (memory) return memory;
  try {
    const own = localStorage.getItem(PLACE);
    // All sites of an origin shared one key once: each takes what is there, and leaves it.
    const kept = own ?? localStorage.getItem(KEY);
    if (kept === null) return empty();
    if (parsed && kept === text) return parsed;
    const state = JSON.parse(kept);
    if (valid(state)) {
      [text, parsed] = [kept, state];
      return state;
    }
    if (own === null) return empty();
  } catch {
    // Fall through: keep what is there as it is, and remember in memory.
  }
  return (memory = empty());
}

/** @returns {State} */
const empty = () => ({ v: VERSION, items: {}, asks: true });

/** Keep all progress, and tell this page. @param {State} state */
export function save(state) {
  try {
    if (memory) throw memory;
    // Else what could not be kept would be taken for kept.
    parsed = null;
    const kept = JSON.stringify(state);
    localStorage.setItem(PLACE, kept);
    [text, parsed] = [kept, state];
  } catch {
    memory = state;
    import("./unkept.js").then(({ tell }) => tell()).catch(() => {});
  }
  changes.dispatchEvent(new Event(CHANGED));
}

/** Forget everything, whatever is there. */
export function erase() {
  memory = null;
  save(empty());
}

/**
 * Put back what storage held, as it was, whatever it is.
 * @param {string} kept
 * @throws {DOMException} where storage refuses it
 */
export function restore(kept) {
  localStorage.setItem(PLACE, kept);
  memory = parsed = null;
  changes.dispatchEvent(new Event(CHANGED));
}

/** Under what a topic's badge is kept. @param {string} [topic] */
export const badge = (topic) => `badge/${topic}`;

/**
 * Under what a mode of a topic keeps its own state.
 * @param {string | undefined} topic
 * @param {string} element its name
 */
export const mode = (topic, element) => `${topic}/${element}`;

/**
 * Under what is kept that a page was read.
 * @param {string | undefined} topic
 * @param {string | undefined} mode
 */
export const page = (topic, mode) => `read/${topic}/${mode}`;

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
 * Keep what the reader did; read and written in one go, so that two tabs do not undo each other.
 * Reviews stay, whatever else is replaced.
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
  const entry = {
    log: before?.log,
    due: before?.due,
    seen: before?.seen,
    ...fields,
    hash,
    when: now
  };
  if (rating) {
    entry.log = [...(entry.log ?? []), [now, rating]];
    entry.due ??= now + FIRST[rating - 1] * DAY;
  }
  state.items[id] = entry;
  save(state);
}

/**
 * Call back when progress has changed, in another tab or here.
 * @param {() => void} changed
 * @param {AbortSignal} signal ends it
 * @param {boolean} [here] whether changes of this page count
 */
export function watch(changed, signal, here = false) {
  const hear = (/** @type {StorageEvent} */ event) => event.key === PLACE && changed();
  addEventListener("storage", hear, { signal });
  if (here) changes.addEventListener(CHANGED, changed, { signal });
}

// What knows items by the hashes of their whole texts is carried over, once.
if (!load().asks) import("./carry.js").then(({ carry }) => carry()).catch(() => {});
