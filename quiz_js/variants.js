// A question with other numbers: loaded when one that has them is asked again. Only texts are
// replaced, never markup, so the page's own come back as they were.

import { make } from "./element.js";
import { times } from "./kept.js";
import * as numbers from "./numbers.js";
import { styled } from "./styles.js";

/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */
/** @typedef {import("./shared.js").ClassName} ClassName */
/** @typedef {(fresh: numbers.Fresh | undefined, to: numbers.To) => string} Told */
/** @typedef {{variants: numbers.Variants, at: number, texts: [Text, Told][]}} Known */

const OWN =
  ".question__title, .question__facts, .question__proof, .question__read, " +
  ".question__bar, legend, summary, button, svg, .cell-output__label, .claim__tick";
/** @type {WeakMap<QuizQuestion, Known>} */
const known = new WeakMap();

/**
 * Ask it with other numbers than last time.
 * @param {QuizQuestion} item
 * @param {() => number} [random] by which numbers are chosen, whatever was asked last
 */
export function renew(item, random) {
  const found = known.get(item) ?? read(item);
  if (!found) return;
  styled("answered.css");
  known.set(item, found);
  const { length } = found.variants.sets;
  found.at = random
    ? numbers.other(length, length, random)
    : numbers.other(length, found.at, Math.random, times(item.entry?.seen));
  const to = numbers.mapping(found.variants, found.at);
  for (const [node, told] of found.texts) node.data = told(found.variants.sets[found.at], to);
  const varied = found.at >= 0;
  if (varied) item.dataset.varied = `${found.at}`;
  else delete item.dataset.varied;
  const facts = item.find("question__facts");
  facts?.querySelector(".question__fresh")?.remove();
  if (varied) facts?.append(make("span", { class: "question__fresh" }, " · fresh numbers"));
}

/** @param {QuizQuestion} item @returns {Known | undefined} */
function read(item) {
  /** @type {numbers.Variants} */
  const variants = JSON.parse(item.dataset.variants ?? "null");
  if (!variants) return;
  const walker = document.createTreeWalker(item, NodeFilter.SHOW_TEXT);
  /** @type {[Text, Told][]} */
  const texts = [];
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    if (node.parentElement && !node.parentElement.closest(OWN) && node.data.trim())
      texts.push([node, told(item, node, node.parentElement, variants)]);
  }
  return { variants, at: -1, texts };
}

/**
 * Return what a text becomes.
 * @param {QuizQuestion} item
 * @param {Text} node
 * @param {Element} parent
 * @param {numbers.Variants} variants
 * @returns {Told}
 */
function told(item, { data }, parent, variants) {
  const cell = parent.closest("[data-cell]");
  const claim = parent.closest("[data-claim]");
  const at = item.options.findIndex(
    (one) => one.item.contains(parent) || one.reason.contains(parent)
  );
  const option = parent.closest(/** @satisfies {`.${ClassName}`} */ (".question__option"));
  const gave = option ? variants.options[at] : null;
  if (cell instanceof HTMLElement) {
    const key = cell.dataset.cell ?? "";
    return cell.classList.contains(/** @satisfies {ClassName} */ ("cell-output--error"))
      ? (fresh, to) => numbers.traceback(data, to, fresh?.cells?.[key])
      : (fresh, to) => fresh?.cells?.[key] ?? numbers.renumbered(data, to);
  }
  if (claim instanceof HTMLElement)
    return (fresh, to) =>
      fresh?.claims?.[claim.dataset.claim ?? ""] ?? numbers.renumbered(data, to);
  if (parent.closest(".question__ran code"))
    return (fresh, to) => fresh?.raised?.[at] ?? numbers.renumbered(data, to);
  if (gave !== null)
    return (fresh, to) =>
      fresh?.cells?.[gave]?.replace(/\s+/g, " ") ?? numbers.renumbered(data, to);
  return (_, to) => numbers.renumbered(data, to);
}
