// <quiz-explorer>: settings of a recurrent layer on one side, the shapes of everything on the
// other. What is chosen stands in the address, so that a page can link to it.

import { copied } from "./clipboard.js";
import { button, make, QuizElement } from "./element.js";
import { code } from "./python.js";
import * as rules from "./shapes.js";

/** @typedef {import("./shapes.js").Settings} Settings */
/** @typedef {import("./shapes.js").Tensor} Tensor */

const BOOLEANS = ["bidirectional", "batch_first", "bias"];
/** What a field is called, where not by the name of its setting. */
const WORDS = /** @type {Record<string, string>} */ ({ input: "input comes" });
/** How long, in milliseconds, a reader pauses before the result is announced. */
const PAUSE = 600;

export class QuizExplorer extends QuizElement {
  #form = make("form", { class: "explorer__form", "aria-label": "Settings" });
  #result = make("div", { class: "explorer__result" });
  /** What the address asks for that is not shown. */
  #unread = make("p", { class: "explorer__unread", hidden: "" });
  /** @type {Record<string, Record<string, string>>} what torch says, by layer and case */
  #refusals = {};
  #later = 0;

  /** @override */
  upgrade() {
    this.#refusals = JSON.parse(this.dataset.refusals ?? "{}");
    this.status.className = "explorer__status";
    this.#form.append(...this.#fields());
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("input", () => this.#changed());
    this.replaceChildren(this.#unread, this.#form, this.#result, this.status);
    return true;
  }

  /** @override @param {AbortSignal} signal */
  connect(signal) {
    for (const event of ["hashchange", "popstate"])
      window.addEventListener(event, () => this.restore(), { signal });
    this.restore();
  }

  /** Take the settings from the address. @override */
  restore() {
    const { search, hash } = window.location;
    if (!hash.includes("=") && !search && this.#result.firstChild) return;
    // A fragment without a sign of equality is the name of a part of the page.
    const asked = `${search.slice(1)}&${hash.includes("=") ? hash.slice(1) : ""}`;
    this.#fill(rules.read(asked));
    const unread = rules.unread(asked);
    this.#unread.textContent = ["The address was not understood in full.", ...unread].join(" ");
    this.#unread.hidden = !unread.length;
    this.announce(unread.length ? this.#unread.textContent : "");
    // Without JavaScript such an address leads to the rules of a layer, further down.
    for (const place of document.querySelectorAll("[id^='layer=']")) place.removeAttribute("id");
    if (hash.includes("=")) window.scrollTo(0, 0);
    this.#show(this.#settings());
  }

  #fields() {
    const cells = rules.LAYERS.map((layer) => this.#choice("radio", "layer", layer));
    /** @param {string[]} names */
    const counts = (...names) => names.map((name) => this.#number(name));
    return [
      make("fieldset", { class: "explorer__layers" }, make("legend", {}, "Layer"), ...cells),
      make(
        "fieldset",
        { class: "explorer__sizes" },
        make("legend", {}, "Sizes"),
        ...counts("input_size", "hidden_size", "num_layers", "proj_size")
      ),
      make(
        "fieldset",
        { class: "explorer__options" },
        make("legend", {}, "Options"),
        ...BOOLEANS.map((name) => this.#choice("checkbox", name, "true", name)),
        this.#select()
      ),
      make(
        "fieldset",
        { class: "explorer__input" },
        make("legend", {}, "Input"),
        ...rules.INPUTS.map((input) => this.#choice("radio", "input", input)),
        ...counts("batch", "seq_len"),
        this.#labelled("lengths", make("input", { type: "text", pattern: "[0-9, ]*" }))
      )
    ];
  }

  /**
   * @param {string} type @param {string} name @param {string} value
   * @param {string} [words]
   */
  #choice(type, name, value, words = value) {
    const input = make("input", { type, name, value });
    return make("label", { class: "explorer__choice" }, input, make("span", {}, words));
  }

  /** @param {string} name @param {HTMLElement} input */
  #labelled(name, input) {
    input.setAttribute("name", name);
    return make(
      "label",
      { class: "explorer__field" },
      make("span", {}, WORDS[name] ?? name),
      input
    );
  }

  /** @param {string} name */
  #number(name) {
    return this.#labelled(
      name,
      make("input", {
        type: "number",
        min: "0",
        max: `${rules.most(name)}`,
        step: "1",
        required: ""
      })
    );
  }

  #select() {
    const options = rules.NONLINEARITIES.map((value) => make("option", { value }, value));
    return this.#labelled("nonlinearity", make("select", {}, ...options));
  }

  /** Read the form. @returns {Settings} */
  #settings() {
    const given = new FormData(this.#form);
    for (const name of BOOLEANS) if (!given.has(name)) given.set(name, "false");
    // A field for numbers takes "1e2" as well.
    const pairs = [...given].map(([name, value]) => [name, `${Number(value) || value}`]);
    return rules.read(`${new URLSearchParams(pairs)}`);
  }

  /** Fill the form. @param {Settings} settings */
  #fill(settings) {
    for (const [name, value] of Object.entries(settings)) {
      const field = this.#form.elements.namedItem(name);
      if (field instanceof HTMLInputElement && field.type === "checkbox")
        field.checked = value === true;
      else if (field && "value" in field) field.value = [value].flat().join(", ");
    }
  }

  #changed() {
    const settings = this.#settings();
    this.#unread.hidden = true;
    this.#hide(settings);
    const wrong = this.#form.querySelector("label:not([hidden]) :invalid");
    if (wrong instanceof HTMLInputElement) return this.#ask(wrong.name);
    const { pathname } = window.location;
    window.history.replaceState(window.history.state, "", `${pathname}#${rules.write(settings)}`);
    this.#show(settings);
    window.clearTimeout(this.#later);
    this.#later = window.setTimeout(() => this.announce(this.#summary(settings)), PAUSE);
  }

  /** @param {Settings} settings */
  #message(settings) {
    return this.#refusals[settings.layer]?.[rules.refusal(settings)] ?? "";
  }

  /** What is announced. @param {Settings} settings */
  #summary(settings) {
    if (rules.refusal(settings)) return `torch refuses: ${this.#message(settings)}`;
    const { tensors, count } = rules.shapes(settings);
    const said = tensors.map(({ name, axes }) => `${name} (${rules.sizes(axes)})`);
    return `${said.join(", ")}; ${count.toLocaleString("en")} parameters`;
  }

  /** Ask for what cannot be read. @param {string} name */
  #ask(name) {
    const limit = rules.most(name).toLocaleString("en");
    const words =
      name === "lengths"
        ? ": whole numbers with commas between them, one a sequence"
        : ` is a whole number, from 0 to ${limit}`;
    const asked = make("p", {}, make("code", {}, name), `${words}.`);
    this.#result.replaceChildren(make("div", { class: "explorer__asked" }, asked));
    this.announce(asked.textContent ?? "");
  }

  /** Hide what means nothing beside the other settings. @param {Settings} settings */
  #hide(settings) {
    for (const field of this.#form.querySelectorAll("label")) {
      const { name, value } = /** @type {HTMLInputElement} */ (field.querySelector("[name]"));
      const known = name !== "input" || rules.inputs(settings).includes(value);
      field.hidden = !(known && rules.applies(settings, name));
    }
  }

  /** @param {Settings} settings */
  #show(settings) {
    this.#hide(settings);
    const refused = rules.refusal(settings);
    const found = refused ? [this.#refused(settings)] : this.#shapes(settings);
    this.#result.replaceChildren(...found, this.#code(settings));
  }

  /** @param {Settings} settings */
  #refused(settings) {
    return make(
      "div",
      { class: "explorer__refused" },
      make("p", {}, `torch ${this.dataset.torch ?? ""} refuses these settings:`),
      make("p", {}, make("code", {}, this.#message(settings)))
    );
  }

  /** @param {Settings} settings */
  #shapes(settings) {
    const { tensors, weights, count } = rules.shapes(settings);
    const total = make("strong", {}, count.toLocaleString("en"));
    const open = this.#result.querySelector("details")?.open ?? false;
    const more = make(
      "details",
      { class: "explorer__weights" },
      make("summary", {}, total, " parameters"),
      table("Weights and biases", weights)
    );
    more.open = open;
    return [table("Shapes", tensors), more];
  }

  /** @param {Settings} settings */
  #code(settings) {
    const text = code(settings);
    const copy = button("Copy", async () => {
      if (!(await copied(text))) return this.announce("Select the code and copy it");
      copy.textContent = "Copied";
      this.announce("Copied");
    });
    // Browsers have no clipboard where a page is neither local nor encrypted.
    copy.hidden = !navigator.clipboard;
    const lines = make("pre", { class: "no-copy" }, make("code", {}, text));
    return make("div", { class: "explorer__code" }, lines, copy);
  }
}

/**
 * @param {string} caption
 * @param {Tensor[]} tensors
 */
function table(caption, tensors) {
  const rows = tensors.map(({ name, axes }) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, make("code", {}, name)),
      make("td", {}, shape(axes))
    )
  );
  return make(
    "table",
    { class: "explorer__table" },
    make("caption", {}, caption),
    make("tbody", {}, ...rows)
  );
}

/** What the sizes of axes with these names have in common; the others are widths of a state. */
const KINDS = /** @type {Record<string, string>} */ ({
  batch: "batch",
  seq_len: "steps",
  "sum(lengths)": "steps",
  input_size: "input",
  num_layers: "layers"
});

/** @param {import("./shapes.js").Axis[]} axes */
function shape(axes) {
  const parts = axes.flatMap(([size, name], i) => {
    const kind = KINDS[name.replace(/^\d+ · /, "")] ?? "state";
    const names = `explorer__axis explorer__axis--${kind}`;
    const axis = make("span", { class: names }, make("b", {}, `${size}`), make("small", {}, name));
    const comma = i < axes.length - 1 ? ", " : axes.length === 1 ? "," : "";
    return comma ? [axis, make("i", {}, comma)] : [axis];
  });
  return make(
    "span",
    { class: "explorer__shape" },
    make("i", {}, "("),
    ...parts,
    make("i", {}, ")")
  );
}
