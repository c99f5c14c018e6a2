// What teachers and their classes need beside a test: a link that opens it, its result as text, and
// the check of such a text.

import * as assignments from "./assignment.js";
import { copied } from "./clipboard.js";
import { download } from "./download.js";
import { actions, button, make } from "./element.js";
import { grade } from "./grade.js";
import { styled } from "./styles.js";
import { many } from "./words.js";

/** @typedef {import("./question.js").QuizQuestion} QuizQuestion */
/** @typedef {import("./assignment.js").Assignment} Assignment */

/**
 * Make a field with its label.
 * @param {string} words
 * @param {HTMLElement} input
 */
function labelled(words, input) {
  styled("fields.css");
  styled("teaching.css");
  input.id ||= `teaching-${words.toLowerCase().replace(/\W+/g, "-")}`;
  return make("p", { class: "teaching__field" }, make("label", { for: input.id }, words), input);
}

/**
 * Offer a text to copy.
 * @param {() => string} text
 * @param {Element} status
 */
const copy = (text, status) =>
  button("Copy", async () => {
    const done = await copied(text());
    status.textContent = done ? "Copied." : "Your browser refuses: select it and copy.";
  });

/**
 * Offer the result of an assignment as a text to send.
 * @param {Assignment} assignment
 * @param {readonly QuizQuestion[]} items in order, all graded
 */
export function report(assignment, items) {
  const when = new Date().toISOString().slice(0, 16).replace("T", " ");
  const score = `${items.filter((item) => item.right).length} of ${items.length}`;
  const name = make("input", { type: "text", autocomplete: "name" });
  const area = make("textarea", { readonly: "", rows: "8", spellcheck: "false" });
  const status = make("p", { role: "status" });
  const fill = () =>
    (area.value = assignments.text({
      name: assignment.name,
      seed: assignment.seed,
      learner: name.value || "not said",
      when: `${when} UTC`,
      score,
      answers: items.map(({ id, hash, chosen }) => ({ id, hash, chosen: [...chosen].sort() }))
    }));
  name.addEventListener("input", fill);
  fill();
  const save = button("Download", () => {
    download(`${assignment.name.replace(/\W+/g, "-")}-result.txt`, area.value, "text/plain");
    status.textContent = "Downloaded as a text file.";
  });
  const parts = [
    make("h3", {}, "Your result to send"),
    labelled("Your name", name),
    labelled("The text to send", area),
    actions(
      copy(() => area.value, status),
      save
    ),
    status
  ];
  return make("section", { class: "teaching" }, ...parts);
}

/**
 * Offer what a teacher needs: a link for a class, and the check of what comes back.
 * @param {readonly QuizQuestion[]} pool
 * @param {(count: number, random: () => number) => string[]} draw ids, evenly from the levels
 */
export const desk = (pool, draw) =>
  make("section", { class: "teaching" }, ...linking(pool, draw), ...checking(pool));

/**
 * @param {readonly QuizQuestion[]} pool
 * @param {(count: number, random: () => number) => string[]} draw
 */
function linking(pool, draw) {
  const name = make("input", { type: "text", value: "Week 1" });
  const most = String(pool.length);
  const count = make("input", { type: "number", min: "1", max: most, value: "10" });
  const list = make("textarea", { rows: "3", spellcheck: "false" });
  const link = make("textarea", { rows: "3", readonly: "", spellcheck: "false" });
  const status = make("p", { role: "status" });
  const write = button(
    "Make the link",
    () => {
      const seed = Math.floor(Math.random() * 1e6);
      const wanted = list.value.split(/[\s,]+/).filter(Boolean);
      const unknown = wanted.filter((id) => !pool.some((item) => item.id === id));
      if (unknown.length)
        return void (status.textContent = `This page has no question ${unknown.join(", ")}.`);
      const number = Math.max(1, Math.min(pool.length, Math.floor(Number(count.value)) || 1));
      const ids = wanted.length ? wanted : draw(number, assignments.seeded(seed));
      const given = { name: name.value || "Assignment", seed, ids };
      link.value = location.href.split("#")[0] + assignments.fragment(given);
      status.textContent = `It opens ${many(ids.length, "question")}, the same for everybody.`;
    },
    true
  );
  return [
    make("h3", {}, "A link for your class"),
    make(
      "p",
      {},
      "Everybody who opens the link gets the same questions with the same numbers. Only the " +
        "order of the options differs."
    ),
    labelled("Name", name),
    labelled("How many questions, drawn evenly from the levels", count),
    labelled("Or which, by their ids (optional)", list),
    labelled("The link", link),
    actions(
      write,
      copy(() => link.value, status)
    ),
    status
  ];
}

/** @param {readonly QuizQuestion[]} pool */
function checking(pool) {
  const area = make("textarea", { rows: "8", spellcheck: "false" });
  const result = make("div", { role: "status" });
  const check = button("Check", () => result.replaceChildren(...checked(area.value, pool)));
  return [
    make("h3", {}, "A result to check"),
    make(
      "p",
      {},
      "Paste the text that you were sent. This page grades the answers again. It cannot tell who " +
        "answered, nor with what help, and whoever reads the site's code can write such a text: " +
        "for an exam, watch the room."
    ),
    labelled("The text that you were sent", area),
    actions(check),
    result
  ];
}

/** @param {QuizQuestion} item @param {ReadonlySet<number>} chosen */
function isRight({ dataset, options }, chosen) {
  const keys = new Set(options.flatMap((option, i) => (option.key ? [i] : [])));
  // Of code with blanks, one filling of those that are right is enough.
  if (dataset.typed === "code") return chosen.size === 1 && [...chosen].every((at) => keys.has(at));
  return grade(chosen, keys, options.length).right;
}

/**
 * Grade a result again, and say what came of it.
 * @param {string} text
 * @param {readonly QuizQuestion[]} pool
 */
function checked(text, pool) {
  /** @type {assignments.Result} */
  let result;
  try {
    result = assignments.parsed(text);
  } catch (error) {
    return [make("p", {}, error instanceof Error ? error.message : "It cannot be read.")];
  }
  const rows = result.answers.map(({ id, hash, chosen }) => {
    const item = pool.find((one) => one.id === id);
    const known = item?.hash === hash;
    const right = known && isRight(item, new Set(chosen));
    const words = known ? (right ? "right" : "wrong") : "not of this page, or edited since";
    return { right, row: make("tr", {}, make("th", { scope: "row" }, id), make("td", {}, words)) };
  });
  const score = `${rows.filter(({ right }) => right).length} of ${rows.length}`;
  const same = score === result.score ? "as the text says" : `the text says ${result.score}`;
  const head = `${result.learner}: ${score} right, ${same}. ${result.name}, seed ${result.seed}, ${result.when}.`;
  const table = make("table", {}, make("tbody", {}, ...rows.map(({ row }) => row)));
  return [make("p", {}, head), table];
}
