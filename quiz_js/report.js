// Reporting a question: a prefilled issue where the site names a repository, else the same text on
// the clipboard.

import { copied } from "./clipboard.js";

/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */
/** @typedef {import("./shared.js").ClassName} ClassName */
/** @typedef {import("./shared.js").Fact} Fact */

/**
 * Report a question.
 * @param {QuizQuestion} item
 * @param {HTMLElement} button what the reader pressed: it tells what came of it
 */
export async function report(item, button) {
  button.textContent = await sent(item);
}

/** @param {QuizQuestion} item */
async function sent(item) {
  const torch = read(item, "torch") ?? "unknown";
  const labels = [
    ...item.querySelectorAll(
      /** @satisfies {`${string} .${ClassName}`} */ ("label:has(:checked) .question__option")
    )
  ];
  const chosen = labels.map((label) => label.textContent).join("; ") || "none";
  const page = location.href.split("#")[0];
  const body = [
    `Question: ${item.id}`,
    `Page: ${page}#${item.id}`,
    `Proved with: torch ${torch}`,
    `Chosen: ${chosen}`,
    "",
    "What is wrong: "
  ].join("\n");
  const repository = read(document, "repository");
  if (repository) {
    const query = new URLSearchParams({ title: `Question ${item.id}`, body });
    open(`${repository.replace(/\/$/, "")}/issues/new?${query}`, "_blank", "noopener");
    return "Opened in a new tab";
  }
  return (await copied(body))
    ? "Copied: paste it to whoever keeps this site"
    : `Tell whoever keeps this site: ${item.id}`;
}

/**
 * Return a fact that the page states somewhere within.
 * @param {ParentNode} where
 * @param {Fact} name
 */
const read = (where, name) =>
  /** @type {HTMLElement | null} */ (where.querySelector(`[data-${name}]`))?.dataset[name];
