// Whether to give up: loaded when a reader asks for the answer.

import { actions, button } from "./element.js";

/**
 * Ask before the answer is given away.
 * @param {import("./question.js").QuizQuestion} item
 * @param {Element} place where to ask
 */
export function ask(item, place) {
  const stay = button("Keep trying", () => item.stay());
  const show = button("Give up", () => item.concede());
  item.announce("Show the answer? The question then counts as missed.");
  place.replaceChildren(actions(stay, show));
  stay.focus();
}
