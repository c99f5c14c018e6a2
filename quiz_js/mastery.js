// How well a reader does by skill, over time: loaded where there is something to say.

import { make } from "./element.js";
import { outcomes } from "./kept.js";

/** So many of the last first attempts are counted, and so many before them. */
const LAST = 10;

/** @param {readonly import("./kept.js").Outcome[]} all */
const share = (all) =>
  all.length ? `${all.filter(([, right]) => right).length} of ${all.length}` : "–";

/** Return a table of skills; nothing where none was tried. */
export function mastery() {
  const all = [...outcomes()].sort(([a], [b]) => a.localeCompare(b));
  if (!all.length) return [];
  const rows = all.map(([skill, own]) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, skill),
      make("td", {}, share(own.slice(-2 * LAST, -LAST))),
      make("td", {}, share(own.slice(-LAST)))
    )
  );
  const heads = ["Skill", "Before", `Last ${LAST}`].map((name) =>
    make("th", { scope: "col" }, name)
  );
  const caption = make("caption", {}, "Right at the first attempt, by skill");
  const head = make("thead", {}, make("tr", {}, ...heads));
  return [make("table", { "data-table": "mastery" }, caption, head, make("tbody", {}, ...rows))];
}
