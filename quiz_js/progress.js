// <quiz-progress>: take progress along as a file, bring it in, and begin anew, with undo.

import { button, make, many } from "./dom.js";
import * as store from "./store.js";
import * as transfer from "./transfer.js";

class QuizProgress extends HTMLElement {
  /** @type {(() => void)[]} */
  subscriptions = [];

  connectedCallback() {
    if (!this.status) this.build();
    this.subscriptions.push(store.watch(() => this.fill(), true));
    this.fill();
  }

  disconnectedCallback() {
    for (const undo of this.subscriptions.splice(0)) undo();
  }

  build() {
    this.summary = make("p");
    this.status = make("p", { role: "status", class: "question__status" });
    this.file = /** @type {HTMLInputElement} */ (make("input", { type: "file", accept: "application/json,.json", hidden: "", "aria-label": "File of progress" }));
    this.file.addEventListener("change", () => this.bring());
    this.reset = button("Reset", () => {
      transfer.reset();
      this.say("All progress is gone from this browser.");
    });
    this.undo = button("Undo the reset", () => {
      transfer.undo();
      this.say("It is back.");
      this.reset?.focus();
    });
    const tools = [button("Export", () => this.take()), button("Import", () => this.file?.click()), this.reset, this.undo];
    this.replaceChildren(this.summary, make("div", { class: "question__actions" }, ...tools), this.file, this.status);
  }

  fill() {
    const done = Object.values(store.all()).filter((entry) => entry?.done).length;
    const kept = store.lasting()
      ? "It is kept in this browser alone; nobody else sees it."
      : "What your browser holds for this site cannot be read or written, so it is left as it is, and this page forgets when it closes.";
    if (this.summary) this.summary.textContent = `${many(done, "item")} done. ${kept}`;
    if (this.undo) this.undo.hidden = !transfer.undoable();
  }

  take() {
    const url = URL.createObjectURL(new Blob([transfer.exported()], { type: "application/json" }));
    const link = make("a", { href: url, download: `unrolled-${new Date().toISOString().slice(0, 10)}.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    this.say("Exported as a JSON file.");
  }

  async bring() {
    const file = this.file?.files?.[0];
    if (!file) return;
    try {
      this.say(`${many(transfer.imported(await file.text()), "item")} brought in. What was newer here stayed.`);
    } catch (error) {
      this.say(`${error instanceof Error ? error.message : "It cannot be read."} Nothing was changed.`);
    }
    if (this.file) this.file.value = "";
  }

  /** @param {string} words */
  say(words) {
    if (this.status) this.status.textContent = words;
  }
}

customElements.define("quiz-progress", QuizProgress);
