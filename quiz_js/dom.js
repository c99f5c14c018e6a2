// Making elements. Text goes in as text, never as HTML.

/**
 * Make an element.
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * Make a button.
 * @param {string} words
 * @param {() => void} action
 * @param {boolean} [main] whether it is the one that most readers want
 */
export function button(words, action, main = false) {
  const type = main ? "question__button question__button--main" : "question__button";
  const made = /** @type {HTMLButtonElement} */ (make("button", { type: "button", class: type }, words));
  made.addEventListener("click", action);
  return made;
}

/** Say how many. @param {number} count @param {string} word */
export const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
