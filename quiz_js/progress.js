// <quiz-progress>: take progress along as a file, bring it in, and begin anew, with undo.

import { download } from "./download.js";
import { actions, button, make, QuizElement } from "./element.js";
import * as store from "./store.js";
import * as transfer from "./transfer.js";
import { UNKEPT } from "./unkept.js";
import { many } from "./words.js";

const PRIVATE = "It is kept in this browser alone; nobody else sees it.";

export class QuizProgress extends QuizElement {
  #summary = make("p");
  #file = make("input", {
    type: "file",
    accept: "application/json,.json",
    hidden: "",
    "aria-label": "File of progress"
  });
  #reset = button("Reset", () => {
    transfer.reset();
    const browser = transfer.writable();
    this.announce(`All progress is gone from this ${browser ? "browser" : "page"}.`);
  });
  #undo = button("Undo the reset", () => {
    transfer.undo();
    this.#fill();
    this.announce("It is back.");
    this.#reset.focus();
  });

  /** @override */
  upgrade() {
    this.#file.addEventListener("change", () => this.#bring());
    const tools = [
      button("Export", () => this.#download()),
      button("Import", () => this.#file.click()),
      this.#reset,
      this.#undo
    ];
    this.replaceChildren(this.#summary, actions(...tools), this.#file, this.status);
    return true;
  }

  /** @override @param {AbortSignal} signal */
  connect(signal) {
    store.watch(() => this.#fill(), signal, true);
    this.#fill();
  }

  #fill() {
    const done = Object.values(store.all()).filter((entry) => entry?.done).length;
    const kept = transfer.writable() ? PRIVATE : UNKEPT;
    this.#summary.textContent = `${many(done, "item")} done. ${kept}`;
    this.#undo.hidden = !transfer.undoable();
  }

  #download() {
    const name = `unrolled-${new Date().toISOString().slice(0, 10)}.json`;
    download(name, transfer.exported(), "application/json");
    this.announce("Exported as a JSON file.");
  }

  async #bring() {
    const file = this.#file.files?.[0];
    if (!file) return;
    try {
      const count = transfer.imported(await file.text());
      this.announce(`${many(count, "item")} brought in. What was newer here stayed.`);
    } catch (error) {
      this.announce(
        `${error instanceof Error ? error.message : "It cannot be read."} Nothing was changed.`
      );
    }
    this.#file.value = "";
  }
}
