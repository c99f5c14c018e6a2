// <quiz-proofs>: a tick opens the code that proves its claim in a dialog, where the reader is.
// Without JavaScript the tick is a link to the same line at the end of the page.

/** @typedef {import("./shared.js").ClassName} ClassName */

export class QuizProofs extends HTMLElement {
  #connection = new AbortController();

  connectedCallback() {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    // Before instant navigation hears of it, which would load the page anew.
    const options = { signal, capture: true };
    document.addEventListener("click", (event) => this.#click(event), options);
  }

  disconnectedCallback() {
    this.#connection.abort();
    this.querySelector("dialog")?.remove();
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const { target } = event;
    /** @type {HTMLAnchorElement | null} */
    const tick = target instanceof Element ? target.closest("a.claim__tick") : null;
    if (!tick || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const line = document.getElementById(tick.hash.slice(1));
    const block = line?.closest("pre");
    if (!line || !block) return;
    event.preventDefault();
    event.stopPropagation();
    // Where the network is gone, the way is that without JavaScript.
    import("./proof.js").then(
      ({ show }) => show(this, block, line),
      () => (location.hash = tick.hash)
    );
  }
}
