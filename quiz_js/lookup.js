// What the search says first where a reader pastes an error: the entry of the error finder that
// fits. What is pasted goes nowhere: the finder's page is read, and compared here.

import { make } from "./element.js";
import { query, rank } from "./matching.js";

/** @typedef {import("./shared.js").ClassName} ClassName */
/** @typedef {import("./matching.js").Known} Known */
/** @typedef {{address: string, cause: string, message: string, known: Known}} Entry */

const ENTRY = /** @satisfies {`.${ClassName}`} */ (".errors__entry");
const CAUSE = /** @satisfies {`.${ClassName}`} */ (".errors__cause");
const MESSAGE = /** @satisfies {`.${ClassName}`} */ (".errors__message");
const ROW = "search-finder";
/** The finder's page, in the navigation of every page. */
const FINDER = ".md-nav a[href$='errors/'], .md-nav a[href$='errors.html']";

/** The search's field is of one line: where in it a traceback's last line began. */
const LINE = /\s+(?=(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception|Warning|Interrupt)\b)/g;

/** @type {Promise<Entry[]> | undefined} */
let loading;
/** What was looked up last: an answer that comes later than the next question is dropped. */
let latest = "";

/**
 * Show the entry that fits what is searched for above what the search finds; none where none does.
 * @param {string} searched
 */
export async function show(searched) {
  latest = searched;
  const asked = query(searched.replace(LINE, "\n"));
  const entries = asked ? await (loading ??= load()).catch(() => forget()) : [];
  if (latest !== searched) return;
  const known = entries.map((each) => each.known);
  const best = asked && rank(asked, known).find(({ isSure }) => isSure);
  const entry = best && entries[best.index];
  const shown = document.querySelector(`.${ROW}`);
  // A row that is right stays: put anew, it would lose a click that has begun.
  if (entry && shown?.getAttribute("href") === entry.address) return;
  shown?.remove();
  if (!entry) return;
  const row = make(
    "a",
    { class: ROW, href: entry.address },
    make("strong", {}, `Error finder: ${entry.cause}`),
    make("code", {}, entry.message)
  );
  document.querySelector(".md-search-result")?.prepend(row);
}

/** Try again with the next key. @returns {Entry[]} */
function forget() {
  loading = undefined;
  return [];
}

async function load() {
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector(FINDER));
  if (!link) return [];
  const address = link.href.split("#")[0] ?? "";
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return [...page.querySelectorAll(ENTRY)].map((each) => {
    const cause = each.querySelector(CAUSE)?.textContent ?? "";
    const message = each.querySelector(MESSAGE)?.textContent ?? "";
    const patterns = JSON.parse(/** @type {HTMLElement} */ (each).dataset.patterns ?? "[]");
    return { address: `${address}#${each.id}`, cause, message, known: { patterns, cause } };
  });
}
