// Which entries of the error finder fit what a reader pasted: by the wording, without numbers,
// names, paths and sizes.

import { NAME, NOISE, WORD } from "./rules.js";

/** @typedef {{patterns: string[], cause: string}} Known an entry: its wordings, each as words and behind bars what it names */
/** @typedef {{words: string[], type: string, names: string[]}} Asked what a reader asked for */
/** @typedef {{index: number, score: number, isSure: boolean}} Fit */

/** Of a message's weight, from where on an entry is said to be the one. */
const SURE = 0.6;
/** From where on it is worth a look. */
const CLOSE = 0.3;
/** The line by which a traceback ends; what follows it belongs to the message. */
const LAST = /^\W*(?:[\w.]+\.)?([A-Z]\w*(?:Error|Exception|Warning|Interrupt))\b:?/;
/** Wordings of Python that say little without what they name. */
const NAMED = /object has no attribute|argument.* must be/;
/** What a notebook, a shell or a launcher draws around a message: `[rank0]: `, `trainer_1  | `. */
const DRAWN = /^(?:\[\w{1,20}\]: ?|[\w.-]{1,40} {0,20}\|)?[\s│┃|>E]{0,40}(?=\S)/u;
/** What others print below a message: it ends there. */
const BELOW = /^(?:wandb: |={5,}|-{5,}|Traceback )/;

/** What torch adds to every error of CUDA, which tells nothing of this one. */
const ADDED = /CUDA kernel errors might be asynchronously[^]*/i;
/** Quotes around all of it: what stands in quotes within a message is a name. */
const OPENING = /^(?:(["'`])\1{0,2}|[“‘«])/;
const CLOSING = /["'`”’»]$/;
/** Characters that are looked at, at the end and at the beginning. */
const LIMIT = 20000;
/** Characters of one message, at most: the expressions take the square of it. */
const LONGEST = 2000;
/** Lines from the end of a text that may be its message, at most. */
const TRIED = 20;

/**
 * Return what a reader may ask for: each line that looks like an error, the last first, else the
 * text as it is.
 * @param {string} text
 * @returns {Asked[] | null} null where there is nothing to look for
 */
export function query(text) {
  const ends = text.length > LIMIT ? [text.slice(-LIMIT), text.slice(0, LIMIT)] : [text];
  const found = ends.flatMap((end) => errors(unquoted(end)));
  const told = found.filter(({ words }) => words.length);
  return told.length ? told : null;
}

/** @param {string} text */
function unquoted(text) {
  const bare = text.trim();
  const marks = OPENING.exec(bare)?.[0].length ?? 0;
  return marks && CLOSING.test(bare) ? bare.slice(marks, -marks) : text;
}

/**
 * @param {string} text
 * @returns {Asked[]}
 */
function errors(text) {
  const lines = text
    .replace(/\u001b\[[\d;]{0,20}m/g, "")
    .split(/\r?\n/)
    .map((line) => line.replace(DRAWN, ""));
  const starts = [];
  for (let at = lines.length - 1; at >= 0 && starts.length < TRIED; at -= 1) {
    if (LAST.test((lines[at] ?? "").slice(0, 200))) starts.push(at);
  }
  if (!starts.length) return [asked(lines.join("\n").slice(-LONGEST), "")];
  return starts.map((start) => {
    const taken = lines.slice(start, start + 12);
    const below = taken.findIndex((line) => BELOW.test(line));
    const said = taken
      .slice(0, below < 0 ? 12 : below)
      .join("\n")
      .slice(0, LONGEST);
    return asked(said, LAST.exec(said.slice(0, 200))?.[1] ?? "");
  });
}

/**
 * @param {string} message
 * @param {string} type
 * @returns {Asked}
 */
function asked(message, type) {
  const said = message.replace(ADDED, "");
  return { words: reduce(said), type: type.toLowerCase(), names: names(said) };
}

/**
 * Return the words of a message that tell what it says.
 * @param {string} message
 */
export function reduce(message) {
  let text = message.toLowerCase();
  for (const noise of Object.values(NOISE)) text = text.replace(new RegExp(noise, "g"), " ");
  return text.match(new RegExp(WORD, "g")) ?? [];
}

/**
 * Return what is named in a message: it only decides where wordings are the same.
 * @param {string} message
 */
function names(message) {
  const found = message.toLowerCase().match(new RegExp(NAME, "g")) ?? [];
  return found.map((name) => name.replace(/^['"`]|['"`]$/g, ""));
}

/**
 * Return the entries that fit best one of what may be asked for, the best first; those that fit
 * equally in the order of the page.
 * @param {Asked[]} queries
 * @param {Known[]} known
 * @returns {Fit[]}
 */
export function rank(queries, known) {
  const weigh = weights(known);
  /** @type {Fit[]} */
  let best = [];
  for (const asked of queries) {
    const fits = known.map((each, index) => {
      let [score, isSure] = [0, false];
      for (const pattern of each.patterns) {
        const fits = fit(asked, pattern, weigh);
        if (fits > score) [score, isSure] = [fits, fits >= SURE && tells(asked, pattern)];
      }
      return { index, score, isSure };
    });
    const close = fits.filter(({ score }) => score >= CLOSE);
    close.sort((a, b) => b.score - a.score || a.index - b.index);
    const [first, former] = [close[0], best[0]];
    const isBetter = Number(first?.isSure ?? 0) - Number(former?.isSure ?? 0);
    if (first && (isBetter > 0 || (!isBetter && first.score > (former?.score ?? 0)))) best = close;
  }
  return best;
}

/**
 * Tell whether a fit can be a certain one: three words at least, unless they are the whole message;
 * and where the wording says little, what it names first, such as the type without an attribute.
 * @param {Asked} asked
 * @param {string} pattern
 */
function tells(asked, pattern) {
  const [row = "", ...named] = pattern.split("|");
  const own = row.split(" ").filter((word) => !/(?:error|warning|exception)$/.test(word));
  const said = asked.words.filter((word) => word !== asked.type);
  if (said.length < 3 && said.join(" ") !== own.join(" ")) return false;
  return !NAMED.test(row) || asked.names.includes(named[0] ?? "");
}

/**
 * Return how well a wording fits, from 0 to 1: how much of it is asked for, and how much of what is
 * asked for it has. A reader may type only the beginning, so the second counts more.
 * @param {Asked} asked
 * @param {string} pattern
 * @param {(word: string) => number} weigh
 */
function fit(asked, pattern, weigh) {
  const [row = "", ...named] = pattern.split("|");
  const own = row.split(" ");
  const words = new Set(asked.words.filter((word) => word !== asked.type));
  const theirs = new Set(own.slice(asked.type === own[0] || /error$/.test(own[0] ?? "") ? 1 : 0));
  if (!words.size || !theirs.size) return words.size ? 0 : own[0] === asked.type ? CLOSE : 0;
  const typing = asked.words.at(-1) ?? "";
  let both = 0;
  let ours = 0;
  let all = 0;
  for (const word of theirs) all += weigh(word);
  for (const word of words) {
    ours += weigh(word);
    const has =
      theirs.has(word) || (word === typing && [...theirs].some((w) => w.startsWith(word)));
    if (has) both += weigh(word);
  }
  const asks = both / ours;
  const has = Math.min(both / all, 1);
  const score = 0.65 * asks + 0.35 * has;
  const shared = named.filter((name) => name && asked.names.includes(name)).length;
  const bonus = (0.1 * shared) / Math.max(named.length, 1);
  const isOther = asked.type && /error$/.test(own[0] ?? "") && own[0] !== asked.type;
  return (isOther ? score * 0.9 : score) + bonus;
}

/**
 * Return how much each word tells: the fewer entries have it, the more.
 * @param {Known[]} known
 */
function weights(known) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { patterns } of known) {
    for (const word of new Set(patterns.join(" ").split(/[ |]/))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  /** @param {string} word */
  return (word) => Math.log(1 + known.length / (counts.get(word) ?? 2));
}
