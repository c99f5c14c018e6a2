// The options of a question as fields: made of the page's list, shuffled, framed, and chosen by
// keys.

import { placed, shuffled } from "./attempt.js";
import { button, make } from "./element.js";
import { LETTERS } from "./shared.js";

/** @typedef {import("./shared.js").ClassName} ClassName */
/** @typedef {{item: Element, reason: Element, input: HTMLInputElement, key: boolean}} Option */

/**
 * Put a field into each option.
 * @param {string} name of the fields
 * @param {boolean} several whether several can be chosen
 * @param {Element} list the options
 * @param {Element} reasons in the same order
 * @returns {Option[]} in the order of the source, by which answers are kept
 */
export const fields = (name, several, list, reasons) =>
  [...list.children].map((item, i) => {
    const type = several ? "checkbox" : "radio";
    const input = make("input", { type, name, value: String(i) });
    item.replaceChildren(make("label", {}, input, ...item.childNodes));
    const reason = reasons.children[i];
    const key = reason.classList.contains(/** @satisfies {ClassName} */ ("is-key"));
    return { item, reason, input, key };
  });

/**
 * Show the options in a random order. The letters are the list's own, so they follow; the reasons
 * are put in the same order.
 * @param {readonly Option[]} options
 * @param {Element} list
 * @param {Element} reasons
 * @returns {Option[]} in the order shown
 */
export function shuffle(options, list, reasons) {
  const shown = shuffled(options.length).map((i) => options[i]);
  shown.forEach(({ item, reason, input }, place) => {
    list.append(item);
    reasons.append(reason);
    input.setAttribute("aria-keyshortcuts", LETTERS[place]);
  });
  return shown;
}

/**
 * Put a frame around the options, which says how to answer. What goes into blanks can only be
 * typed: its options are told at the end.
 *
 * No <form>: whenever one is added, Chromium's autofill reads all forms of the page anew.
 * @param {import("./question.js").QuizQuestion} question
 * @param {Element} list
 */
export function framed(question, list) {
  const { multiple, typed } = question.dataset;
  const words = multiple === undefined ? "Choose one" : "Choose all that are right";
  const legend = make("legend", { class: "question__legend" }, words);
  const frame = make("fieldset", { class: "question__form" });
  list.before(frame);
  frame.append(legend, list);
  list.removeAttribute("hidden");
  if (typed === "code") {
    frame.hidden = true;
    // Its fields are loaded once it is in sight.
    new IntersectionObserver(([{ isIntersecting }], sight) => {
      if (!isIntersecting) return;
      sight.disconnect();
      question.type();
    }).observe(question);
  } else if (typed) {
    const ask = button("type the answer", () => question.type(true));
    ask.className = "question__way";
    legend.append(make("span", {}, ", or ", ask));
  }
  return frame;
}

/**
 * Choose an option by its letter or number, as shown; Enter submits, as in a form. A key that is
 * held does nothing again.
 * @param {KeyboardEvent} event
 * @param {readonly Option[]} shown
 * @param {() => void} submit
 */
export function press(event, shown, submit) {
  const target = /** @type {HTMLElement} */ (event.target);
  const { key, repeat } = event;
  if (
    event.ctrlKey ||
    event.altKey ||
    event.metaKey ||
    (target.closest("pre, summary, a") && target.localName !== "input")
  )
    return;
  if (key === "Enter" && (repeat || target instanceof HTMLInputElement)) {
    // Else the button that takes the focus would be pressed too.
    event.preventDefault();
    if (!repeat) submit();
  }
  const input = shown[placed(key)]?.input;
  if (!input || input.disabled) return;
  event.preventDefault();
  // Else the theme takes letters for its own.
  event.stopPropagation();
  if (repeat) return;
  input.checked = input.type === "radio" || !input.checked;
  input.focus();
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
