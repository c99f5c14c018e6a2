// The dialog of a proof: loaded when a reader asks for the first.

import { copied } from "./clipboard.js";

/**
 * Show a proof.
 * @param {Element} holder where the dialog goes
 * @param {Element} block
 * @param {Element} line
 */
export function show(holder, block, line) {
  holder.querySelector("dialog")?.remove();
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
  const take = button("Copy", () => {
    copied(text).then((done) => (take.textContent = done ? "Copied" : "Select it and copy"));
  });
  const close = button("Close", () => dialog.close());
  close.autofocus = true;
  const row = document.createElement("div");
  row.className = "proofs__actions";
  row.append(take, close);
  dialog.append(words, copy, row);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  holder.append(dialog);
  dialog.showModal();
  const marked = /** @type {HTMLElement | null} */ (copy.querySelector(".is-key"));
  if (marked) copy.scrollTop = marked.offsetTop - copy.offsetTop - copy.clientHeight / 2;
}

/**
 * @param {string} words
 * @param {() => void} action
 */
function button(words, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "proofs__button";
  made.textContent = words;
  made.addEventListener("click", action);
  return made;
}
