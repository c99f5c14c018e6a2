// What a question says once it is checked: the marks on its options, and the reasons beneath its
// verdict. Made of what the page holds already.

import { make } from "./element.js";
import { styled } from "./styles.js";

/** @typedef {import("./attempt.js").Attempt} Attempt */
/** @typedef {import("./options.js").Option} Option */
/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */
/** @typedef {import("./shared.js").ClassName} ClassName */

/**
 * Mark the options of a question, and say why.
 * @param {QuizQuestion} question
 * @param {Attempt} attempt where the reader is with it
 */
export function explain(question, attempt) {
  const { bar, ended, keys, letter, options, shown } = question;
  options.forEach((option, i) => {
    option.reason.removeAttribute("hidden");
    mark(option, attempt.shown.includes(i) || (ended && keys.has(i)));
  });
  const worth = shown.filter(({ input, key }) =>
    key ? ended && keys.has(Number(input.value)) : attempt.tries && input.checked
  );
  bar.told.replaceChildren(...reasons(worth, letter));
  if (ended && question.dataset.kind === "predict-output") explore(question);
}

/**
 * Lead to the shape explorer, where the code makes a layer.
 * @param {QuizQuestion} question
 */
async function explore(question) {
  // Its place is taken at once: what is told anew meanwhile takes it away.
  const place = make("p");
  question.bar.told.append(place);
  const layer = await import("./layer.js").catch(() => null);
  const href = layer?.address(question);
  const words = "Change a number of this layer in the shape explorer";
  if (href) place.append(make("a", { href }, words));
  else place.remove();
}

const CELL = /** @satisfies {`.${ClassName}`} */ (".cell");

/**
 * Mark an option: as right or wrong where it was chosen, as missed where it should have been; or
 * take its mark away.
 * @param {Option} option
 * @param {boolean} on
 */
function mark({ item, input, key }, on) {
  const words = key ? (input.checked ? "Right" : "Missed") : "Wrong";
  item.classList.remove("is-missed");
  item.classList.toggle(/** @satisfies {ClassName} */ (key ? "is-key" : "is-distractor"), on);
  item.querySelector(".question__verdict")?.remove();
  if (!on) return;
  if (words === "Missed") item.classList.add("is-missed");
  const verdict = /** @satisfies {ClassName} */ ("question__verdict");
  item.firstElementChild?.append(make("strong", { class: verdict }, words));
}

/**
 * Say why: one reason an option, mistaken code folded. What is said here is hidden in the answer,
 * so that nothing is said twice.
 * @param {readonly Option[]} options those to explain
 * @param {(option: Option) => string} letter as shown
 */
function reasons(options, letter) {
  styled("answered.css");
  return options.map((option) => {
    option.reason.setAttribute("hidden", "");
    const parts = [...option.reason.children].slice(1).map((part) => part.cloneNode(true));
    const label = options.length > 1 ? [make("strong", {}, letter(option))] : [];
    const told = make(
      "div",
      { class: "question__reason" },
      ...label,
      .../** @type {Node[]} */ (parts)
    );
    for (const cell of told.querySelectorAll(CELL)) {
      const folded = make("details", {}, make("summary", {}, "The mistaken code"));
      cell.replaceWith(folded);
      folded.append(cell);
    }
    return told;
  });
}
