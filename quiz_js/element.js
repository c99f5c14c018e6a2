// What all elements of the widget share: a life cycle that survives leaving the page and coming
// back, the way to what is kept, and a region that announces what happened.

import * as store from "./store.js";

/** @typedef {import("./shared.js").ClassName} ClassName */

/**
 * Make an element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * Make a button.
 * @param {string} words
 * @param {(event: MouseEvent) => void} action
 * @param {boolean} [main] whether it is the one that most readers want
 */
export function button(words, action, main = false) {
  const names = `question__button${main ? " question__button--main" : ""}`;
  const made = make("button", { type: "button", class: names }, words);
  made.addEventListener("click", action);
  // Enter that is held presses once.
  made.addEventListener("keydown", (event) => event.repeat && event.preventDefault());
  return made;
}

/**
 * Make a row of buttons.
 * @param {...Node} buttons
 */
export const actions = (...buttons) => make("div", { class: "question__actions" }, ...buttons);

/** An element that upgrades HTML which is complete without it. @abstract */
export class QuizElement extends HTMLElement {
  /** Ends all that the element subscribed to, when it leaves the page. */
  #connection = new AbortController();
  #upgraded = false;
  /** Where `announce` speaks; the element puts it in its place. */
  status = make("p", { role: "status", class: "question__status" });

  /** The hash of the item, by which progress knows that it was edited. */
  get hash() {
    return this.dataset.hash ?? "";
  }

  /** What is kept of the item, unless it was edited since. */
  get entry() {
    return store.get(this.id, this.hash);
  }

  /** Whether the item was answered, and edited since. */
  get edited() {
    return store.edited(this.id, this.hash);
  }

  /** Aborted when the element leaves the page; a new one when it comes back. */
  get signal() {
    return this.#connection.signal;
  }

  connectedCallback() {
    this.#connection = new AbortController();
    this.start(this.#connection.signal);
  }

  disconnectedCallback() {
    this.#connection.abort();
  }

  /**
   * Begin; an element that has reason to can begin later.
   * @param {AbortSignal} signal aborted when the element leaves the page
   */
  start(signal) {
    if (this.ready()) this.connect(signal);
  }

  /** Upgrade, the first time. @returns {boolean} whether it is upgraded */
  ready() {
    return (this.#upgraded ||= this.upgrade());
  }

  /**
   * Build, once, what the HTML needs to be answered.
   * @returns {boolean} false where there is nothing to upgrade
   */
  upgrade() {
    return true;
  }

  /**
   * Subscribe to what the element must hear, each time that it comes into the page, and show what
   * is kept.
   * @param {AbortSignal} signal ends the subscriptions
   */
  connect(signal) {
    store.watch(() => this.restore(), signal);
    this.restore();
  }

  /** Show what is kept, of this tab or another. */
  restore() {}

  /**
   * Find a part of the page's HTML by its class.
   * @param {ClassName} name
   * @returns {HTMLElement | null}
   */
  find(name) {
    return this.querySelector(`.${name}`);
  }

  /** Hide all hints but the first, until each is asked for. */
  unfold() {
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const hints = this.querySelectorAll(
      /** @satisfies {`details.${ClassName}`} */ ("details.question-part--hint")
    );
    hints.forEach((hint, i) => {
      hint.hidden = i > 0;
      hint.addEventListener("toggle", () => {
        if (hint.open) hints[i + 1]?.removeAttribute("hidden");
      });
    });
  }

  /** Announce, once. @param {string} words */
  announce(words) {
    if (this.status.textContent !== words) this.status.textContent = words;
  }
}

/** Elements to upgrade or to renew. @type {Set<QuizElement>} */
const waiting = new Set();
/** Milliseconds of work at a time. */
const SLICE = 8;

/**
 * Show what is kept of an element, once it is its turn: a few at a time, so that a long page stays
 * responsive.
 * @param {QuizElement} item
 */
export function later(item) {
  if (!waiting.size) setTimeout(work);
  waiting.add(item);
}

function work() {
  const end = performance.now() + SLICE;
  for (const item of waiting) {
    waiting.delete(item);
    if (item.ready()) item.restore();
    if (performance.now() > end) break;
  }
  if (waiting.size) setTimeout(work);
}
