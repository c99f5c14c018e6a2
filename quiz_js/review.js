// <quiz-review>: what is due today, over all topics, one item at a time. Due items are read from
// their own pages of this site.

import { actions, button, make, QuizElement } from "./element.js";
import { plan } from "./fsrs.js";
import * as store from "./store.js";
import { many } from "./words.js";

const DAY = 86400000;

export class QuizReview extends QuizElement {
  /** @type {HTMLAnchorElement[]} all that can come back */
  #links = [];
  #asking = false;
  #heading = make("h3", { class: "sequence__heading", tabindex: "-1" });
  #place = make("div", { class: "review__item" });
  #tools = actions();
  #skills = make("div", { class: "review__skills" });

  /** @override */
  upgrade() {
    this.#links = [...this.querySelectorAll("a")].filter((link) => link.dataset.id);
    this.status.className = "sequence__note";
    this.prepend(this.#heading, this.status, this.#place, this.#tools, this.#skills);
    this.#schedule();
    return true;
  }

  /** @override @param {AbortSignal} signal */
  connect(signal) {
    // A reset on this page counts too.
    store.watch(() => this.restore(), signal, true);
    this.restore();
  }

  /** @override */
  restore() {
    if (!this.#asking) this.#invite();
  }

  /** Plan every item from its reviews: elsewhere only the first date is known. */
  #schedule() {
    for (const { dataset } of this.#links) replan(dataset);
    // What is no longer on the site comes back no more: the header counts what is due.
    const known = new Map(this.#links.map(({ dataset }) => [dataset.id, dataset.hash]));
    for (const [id, entry] of Object.entries(store.all()))
      if (store.sound(entry) && entry.due && known.get(id) !== entry.hash)
        store.set(id, entry.hash, { ...entry, due: undefined });
  }

  /** Say how the reader does by skill, where there is something to say. */
  async #tell() {
    const loaded = await import("./mastery.js").catch(() => null);
    this.#skills.replaceChildren(...(loaded?.mastery() ?? []));
  }

  /** Links with when each is due. */
  get #planned() {
    return this.#links.flatMap((link) => {
      const when = store.get(link.dataset.id ?? "", link.dataset.hash)?.due;
      return when ? [{ link, when }] : [];
    });
  }

  /** The links of what is due, the longest overdue first. */
  get #due() {
    const due = this.#planned.filter(({ when }) => when <= Date.now());
    return due.sort((a, b) => a.when - b.when).map(({ link }) => link);
  }

  /** Say what is due, or when something will be. */
  #invite() {
    this.#asking = false;
    if (store.get("skills")) this.#tell();
    else this.#skills.replaceChildren();
    const due = this.#due.length;
    const later = this.#planned.map(({ when }) => when - Date.now()).filter((left) => left > 0);
    const days = Math.ceil(Math.min(...later) / DAY);
    const next = days > 1 ? `in ${days} days` : "within a day";
    this.#heading.textContent = due ? `${many(due, "item")} due today` : "Nothing is due today";
    this.announce(
      later.length
        ? `${many(later.length, "item")} planned, the next ${next}.`
        : "Questions that you miss and cards that you mark come back here."
    );
    this.#place.replaceChildren();
    this.#tools.replaceChildren(
      ...(due ? [button("Start the review", () => this.#ask(), true)] : [])
    );
  }

  async #ask() {
    const [link] = this.#due;
    if (!link) {
      this.#invite();
      this.#heading.focus();
      return;
    }
    this.#asking = true;
    this.#heading.textContent = `${many(this.#due.length, "item")} left`;
    this.#tools.replaceChildren();
    this.announce("");
    const item = await fetched(link).catch(() => null);
    if (!item) {
      this.#place.replaceChildren(
        make("p", {}, "This item could not be read here: ", link.cloneNode(true))
      );
      this.#tools.replaceChildren(button("Back", () => this.#invite()));
      return;
    }
    item.setting = "review";
    item.addEventListener("quiz-done", () => this.#plan(link, item), { once: true });
    this.#place.replaceChildren(item);
    this.#heading.focus();
  }

  /**
   * Say when an item comes back, and offer the next.
   * @param {HTMLAnchorElement} link
   * @param {import("./question.js").QuizQuestion | import("./card.js").QuizCard} item
   */
  #plan({ dataset }, item) {
    const due = replan(dataset);
    const days = due ? Math.round((due - Date.now()) / DAY) : 1;
    this.announce(`It comes back in ${many(days, "day")}.`);
    const words = this.#due.length ? "Next" : "Finish";
    if ("lead" in item) return item.lead(words, () => this.#ask());
    const next = button(words, () => this.#ask(), true);
    this.#tools.replaceChildren(next);
    next.focus();
  }
}

/**
 * Plan an item from its reviews, and keep when it is due.
 * @param {DOMStringMap} item its id and hash
 * @returns {number | undefined}
 */
function replan({ id = "", hash = "" }) {
  const entry = store.get(id, hash);
  const due = plan(entry?.log ?? [])?.due;
  if (entry && due && due !== entry.due) store.set(id, hash, { ...entry, due });
  return due;
}

/** Read an item from its page. @param {HTMLAnchorElement} link */
async function fetched(link) {
  const [response] = await Promise.all([
    fetch(link.href),
    import("./define/quiz-question.js"),
    import("./define/quiz-card.js")
  ]);
  if (!response.ok) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const found = page.getElementById(link.dataset.id ?? "");
  if (!found) return null;
  const item = document.importNode(found, true);
  for (const a of item.querySelectorAll("a[href]"))
    a.setAttribute("href", new URL(a.getAttribute("href") ?? "", link.href).href);
  customElements.upgrade(item);
  return /** @type {import("./question.js").QuizQuestion | import("./card.js").QuizCard} */ (item);
}
