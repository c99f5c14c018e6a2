// Reporting a question: a prefilled issue where the site names a repository, else the same text on the clipboard.

/**
 * Report a question.
 * @param {import("./question.js").QuizQuestion} item
 * @returns {Promise<string>} what to tell the reader
 */
export async function report(item) {
  const repository = /** @type {HTMLElement | null} */ (document.querySelector("[data-repository]"))?.dataset.repository;
  const [torch] = item.querySelector(".question__proof")?.textContent?.match(/torch [\d.]+\d/) ?? ["torch unknown"];
  const chosen = [...item.chosen()].map((i) => item.items[i].querySelector(".question__option")?.textContent).join("; ") || "none";
  const page = location.href.split("#")[0];
  const body = `Question: ${item.id}\nPage: ${page}#${item.id}\nProved with: ${torch}\nChosen: ${chosen}\n\nWhat is wrong: `;
  if (repository) {
    const query = new URLSearchParams({ title: `Question ${item.id}`, body });
    open(`${repository.replace(/\/$/, "")}/issues/new?${query}`, "_blank", "noopener");
    return "Opened in a new tab";
  }
  try {
    await navigator.clipboard.writeText(body);
    return "Copied: paste it to whoever keeps this site";
  } catch {
    return `Tell whoever keeps this site: ${item.id}`;
  }
}
