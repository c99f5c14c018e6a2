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
/** What a notebook or a shell draws around a message. */
const DRAWN = /\u001b\[[\d;]*m|^[\s│┃|>E]+(?=\S)/gmu;

/** What torch adds to every error of CUDA, which tells nothing of this one. */
const ADDED = /CUDA kernel errors might be asynchronously[^]*/i;
/** Quotes around all of it: what stands in quotes within a message is a name. */
const QUOTED = /^\s*(["'`]+|[“‘«])([^]*?)(?:\1|[”’»])\s*$/;

/**
 * Return what a reader asks for: of a traceback its last error, else the text as it is.
 * @param {string} text
 * @returns {Asked | null} null where there is nothing to look for
 */
export function query(text) {
  const lines = text
    .slice(-20000)
    .replace(QUOTED, "$2")
    .replace(/\u001b\[[\d;]*m/g, "")
    .split(/\r?\n/);
  let last = lines.length - 1;
  while (last >= 0 && !LAST.test((lines[last] ?? "").replace(DRAWN, ""))) last -= 1;
  const taken = last < 0 ? lines : lines.slice(last, last + 12);
  const type = last < 0 ? "" : (LAST.exec((taken[0] ?? "").replace(DRAWN, ""))?.[1] ?? "");
  const said = taken.join("\n").replace(ADDED, "");
  const words = reduce(said);
  return words.length ? { words, type: type.toLowerCase(), names: names(said) } : null;
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
 * Return the entries that fit, the best first; those that fit equally in the order of the page.
 * @param {Asked} asked
 * @param {Known[]} known
 * @returns {Fit[]}
 */
export function rank(asked, known) {
  const weigh = weights(known);
  const fits = known.map((each, index) => {
    const score = Math.max(...each.patterns.map((pattern) => fit(asked, pattern, weigh)), 0);
    return { index, score, isSure: score >= SURE };
  });
  const close = fits.filter(({ score }) => score >= CLOSE);
  return close.sort((a, b) => b.score - a.score || a.index - b.index);
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
