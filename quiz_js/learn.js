// <quiz-learn>: on request, covers the lesson's outputs, so that readers predict each before they see it.

import { button, make } from "./dom.js";
import * as store from "./store.js";

const SETTING = "settings/predict";

class QuizLearn extends HTMLElement {
  connectedCallback() {
    if (this.switch) return;
    const article = this.closest("article") ?? document.body;
    const questions = "quiz-question, quiz-experiment, .example";
    this.outputs = /** @type {HTMLElement[]} */ ([...article.querySelectorAll(".cell-output, .cell-figure")]).filter((pane) => !pane.closest(questions));
    if (!this.outputs.length) return;
    this.switch = button("", () => {
      const on = !this.on;
      store.set(SETTING, "", { more: { on } });
      this.cover(on);
    });
    this.switch.classList.add("predict__switch");
    this.note = make("p", { class: "question__facts", role: "status" });
    (article.querySelector("h1") ?? this).after(make("div", { class: "predict" }, this.switch, this.note));
    this.cover(store.get(SETTING)?.more?.on === true);
  }

  /** @param {boolean} on */
  cover(on) {
    this.on = on;
    this.switch?.setAttribute("aria-pressed", String(on));
    if (this.switch) this.switch.textContent = "Predict first";
    if (this.note) this.note.textContent = on ? "Outputs are covered. Predict each, then show it." : "";
    for (const pane of this.outputs ?? []) {
      if (pane.previousElementSibling?.classList.contains("predict__cover")) pane.previousElementSibling.remove();
      pane.hidden = on;
      if (!on) continue;
      const cover = button("Show what it gives", () => {
        pane.hidden = false;
        pane.setAttribute("tabindex", "-1");
        pane.focus();
        cover.remove();
      });
      cover.classList.add("predict__cover");
      pane.before(cover);
    }
  }
}

customElements.define("quiz-learn", QuizLearn);
