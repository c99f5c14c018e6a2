// <quiz-errors>: a box to paste an error into; the entries that fit come right below it, the best
// one first and open. What is pasted may be private: only the tab keeps it, so that it is still
// there after a look at another page.

import { button, make } from "./element.js";
import { query, rank } from "./matching.js";

/** @typedef {import("./shared.js").ClassName} ClassName */
/** @typedef {import("./matching.js").Known} Known */

const ENTRY = /** @satisfies {`.${ClassName}`} */ (".errors__entry");
const CAUSE = /** @satisfies {`.${ClassName}`} */ (".errors__cause");
/** What a heading has whose entries are elsewhere. */
const AWAY = "is-away";
/** How many entries are shown at most; a reader looks at no more. */
const MOST = 8;
/** Milliseconds without a key before the number of entries is announced. */
const PAUSE = 400;

/** Under what the tab keeps the text. */
const KEPT = "unrolled-errors";

/** @typedef {{entry: HTMLDetailsElement, place: Comment, known: Known}} Listed */

export class QuizErrors extends HTMLElement {
  #text = make("textarea", {
    id: "errors-text",
    class: "errors__text",
    rows: "7",
    spellcheck: "false",
    autocapitalize: "off",
    "aria-describedby": "errors-status",
    placeholder: "RuntimeError: …"
  });
  #status = make("p", { id: "errors-status", class: "errors__status" });
  #spoken = make("p", { role: "status", class: "errors__spoken" });
  #results = make("div", { class: "errors__results" });
  #clear = button("Clear", () => this.#empty());
  /** @type {Listed[]} */
  #listed = [];
  /** The headings that the entries stand under. @type {Set<Element>} */
  #groups = new Set();
  #timer = 0;
  #isUpgraded = false;
  /** Shows what a link on the page leads to, such as one of the search: an entry, or a group. */
  #opens = () => {
    const target = document.getElementById(location.hash.slice(1));
    const entry = this.#listed.find(({ entry }) => entry === target)?.entry;
    if (!target || !(entry || this.#groups.has(target))) return;
    if (entry?.hidden || target.classList.contains(AWAY)) this.#list();
    if (entry) entry.open = true;
    // Above it the list is as long again as it was.
    requestAnimationFrame(() => target.scrollIntoView());
  };

  connectedCallback() {
    addEventListener("hashchange", this.#opens);
    if (this.#isUpgraded) return;
    this.#isUpgraded = true;
    this.#listed = [...document.querySelectorAll(ENTRY)].map((each) => {
      const entry = /** @type {HTMLDetailsElement} */ (each);
      const place = document.createComment("");
      entry.before(place);
      entry.open = false;
      const cause = entry.querySelector(CAUSE)?.textContent ?? "";
      return {
        entry,
        place,
        known: { patterns: JSON.parse(entry.dataset.patterns ?? "[]"), cause }
      };
    });
    this.#groups = new Set(this.#listed.flatMap(({ place }) => heading(place) ?? []));
    const label = make("label", { for: "errors-text" }, "Your error message or traceback");
    this.#clear.hidden = true;
    this.#text.addEventListener("input", () => this.#show());
    this.#text.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#text.value) this.#empty();
    });
    this.prepend(label, this.#text, this.#clear, this.#status, this.#results, this.#spoken);
    this.#text.value ||= recalled();
    // A browser may bring back what was in the box when the reader left.
    if (this.#text.value) this.#show();
    if (location.hash) this.#opens();
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this.#opens);
  }

  #empty() {
    this.#text.value = "";
    this.#show();
    this.#text.focus();
  }

  #show() {
    keep(this.#text.value);
    this.#list(this.#text.value);
  }

  /**
   * List what fits, or everything.
   * @param {string} [text]
   */
  #list(text = "") {
    for (const { entry, place } of this.#listed) {
      if (entry.parentNode === this.#results) {
        place.after(entry);
        entry.open = false;
      }
    }
    const fits = rank(
      query(text) ?? [],
      this.#listed.map(({ known }) => known)
    ).slice(0, MOST);
    const isSure = fits[0]?.isSure ?? false;
    const shown = fits.map(({ index }) => this.#listed[index]?.entry).filter((each) => !!each);
    this.#results.append(...shown);
    if (isSure && shown[0]) shown[0].open = true;
    for (const { entry } of this.#listed) {
      entry.classList.toggle("is-best", isSure && entry === shown[0]);
      entry.hidden = shown.length > 0 && !shown.includes(entry);
    }
    this.#hideEmpty(shown.length > 0);
    this.#clear.hidden = !this.#text.value;
    this.#say(text.trim() ? words(shown.length, isSure) : "");
  }

  /**
   * Hide the headings and introductions of groups whose entries are all elsewhere. They keep a place
   * on the page: for the theme, a heading without one has been read.
   * @param {boolean} hidden
   */
  #hideEmpty(hidden) {
    for (const group of this.#groups) {
      group.classList.toggle(AWAY, hidden);
      for (let next = group.nextElementSibling; next?.tagName === "P";) {
        next.classList.toggle(AWAY, hidden);
        next = next.nextElementSibling;
      }
    }
  }

  /** @param {string} said */
  #say(said) {
    this.#status.textContent = said;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#spoken.textContent = said), PAUSE);
  }
}

/**
 * Return the heading of a place on the page.
 * @param {Node} place
 */
function heading(place) {
  /** @type {Node | null} */
  let node = place;
  while (node && !(node instanceof HTMLHeadingElement)) node = node.previousSibling;
  return node;
}

/**
 * Say how well the entries fit.
 * @param {number} count
 * @param {boolean} isSure
 */
function words(count, isSure) {
  if (!count) {
    return (
      "Nothing here fits. Look for the last line of the traceback, or read the list below." +
      " Where nothing is raised, see “No message, but wrong” at its end."
    );
  }
  if (!isSure) return "Nothing fits well. These come closest:";
  return count === 1 ? "One entry fits:" : "The best fit first, then others that come close:";
}

/** Return what the tab keeps; a browser may refuse. */
function recalled() {
  try {
    return sessionStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

/**
 * Keep a text as long as the tab is open, if the browser lets it.
 * @param {string} text
 */
function keep(text) {
  try {
    if (text) sessionStorage.setItem(KEPT, text);
    else sessionStorage.removeItem(KEPT);
  } catch {
    // It is not kept then.
  }
}
