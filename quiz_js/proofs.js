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
    this.#show(block, line);
  }

  /**
   * Show a proof.
   * @param {Element} block
   * @param {Element} line
   */
  #show(block, line) {
    this.querySelector("dialog")?.remove();
    const copy = /** @type {HTMLElement} */ (block.cloneNode(true));
    copy.querySelectorAll("[id]").forEach((each) => {
      each.classList.toggle("is-key", each.id === line.id);
      each.removeAttribute("id");
    });
    copy.querySelectorAll("button, .md-code__nav").forEach((each) => each.remove());
    const dialog = document.createElement("dialog");
    dialog.className = "proofs__dialog md-typeset";
    dialog.setAttribute("aria-label", "Proof");
    const words = document.createElement("p");
    words.textContent = "Torch ran this when the page was built. The marked line is the proof.";
    const text = (block.querySelector("code") ?? block).textContent ?? "";
    const take = this.#button("Copy", () => {
      navigator.clipboard?.writeText(text).then(() => (take.textContent = "Copied"));
    });
    const close = this.#button("Close", () => dialog.close());
    close.autofocus = true;
    const row = document.createElement("div");
    row.className = "proofs__actions";
    row.append(take, close);
    dialog.append(words, copy, row);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    this.append(dialog);
    dialog.showModal();
    const marked = /** @type {HTMLElement | null} */ (copy.querySelector(".is-key"));
    if (marked) copy.scrollTop = marked.offsetTop - copy.offsetTop - copy.clientHeight / 2;
  }

  /**
   * @param {string} words
   * @param {() => void} action
   */
  #button(words, action) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "proofs__button";
    made.textContent = words;
    made.addEventListener("click", action);
    return made;
  }
}
