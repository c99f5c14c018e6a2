// The layer that a question's code makes, as settings of the shape explorer: whoever has answered
// can change one of them and see what follows.

const CALL = /\bnn\.((?:RNN|LSTM|GRU)(?:Cell)?)\(([^()]*)\)/g;
const TENSOR = /\btorch\.(?:randn|rand|zeros|ones)\((\d+(?:, *\d+)*)\)/g;
const POSITIONS = ["input_size", "hidden_size", "num_layers"];
const NUMBERS = [...POSITIONS, "proj_size"];
const BOOLEANS = ["bias", "batch_first", "bidirectional"];
/** The explorer's page, in the navigation of every page. */
const EXPLORER = ".md-nav a[href$='explore/'], .md-nav a[href$='explore.html']";

/**
 * Return a layer's settings as the explorer's address has them.
 * @param {string} code
 * @returns {string | null} null unless the code makes one layer, of numbers that stand there
 */
export function settings(code) {
  const [call, ...others] = code.matchAll(CALL);
  if (!call || others.length) return null;
  const found = new URLSearchParams({ layer: call[1] ?? "" });
  const given = (call[2] ?? "").split(",").map((each) => each.trim());
  for (const [place, argument] of given.filter(Boolean).entries()) {
    const [name, value] = argument.includes("=")
      ? argument.split("=").map((part) => part.trim())
      : [POSITIONS[place], argument];
    if (name === "dropout") continue;
    const isKnown =
      (NUMBERS.includes(name ?? "") && /^\d+$/.test(value ?? "")) ||
      (BOOLEANS.includes(name ?? "") && /^(True|False)$/.test(value ?? "")) ||
      (name === "nonlinearity" && /^["'](tanh|relu)["']$/.test(value ?? ""));
    if (!name || !value || !isKnown) return null;
    found.set(name, value.toLowerCase().replace(/["']/g, ""));
  }
  if (!found.has("input_size") || !found.has("hidden_size")) return null;
  for (const [name, size] of Object.entries(input(code, found))) found.set(name, `${size}`);
  return `${found}`;
}

/**
 * Return how many steps and sequences the layer gets, where one tensor can be its input.
 * @param {string} code
 * @param {URLSearchParams} layer
 * @returns {Record<string, string>}
 */
function input(code, layer) {
  const sizes = [...code.matchAll(TENSOR)]
    .map(([, text]) => (text ?? "").split(/, */))
    .filter((each) => each.at(-1) === layer.get("input_size"));
  const [first = [], ...others] = sizes;
  if (others.length) return {};
  const isCell = layer.get("layer")?.endsWith("Cell");
  const axes = isCell ? ["batch"] : ["seq_len", "batch"];
  if (first.length === axes.length && !isCell)
    return { input: "unbatched", seq_len: first[0] ?? "" };
  if (first.length !== axes.length + 1) return {};
  if (layer.get("batch_first") === "true") axes.reverse();
  return Object.fromEntries(axes.map((name, i) => [name, first[i] ?? ""]));
}

/**
 * Return the explorer's address with the layer of a question, as it is asked now.
 * @param {Element} question
 * @returns {string | null}
 */
export function address(question) {
  const explorer = /** @type {HTMLAnchorElement | null} */ (document.querySelector(EXPLORER));
  const code = [...question.querySelectorAll(":scope > .cell pre code")]
    .map((each) => each.textContent ?? "")
    .join("\n");
  const found = explorer && settings(code);
  return found ? `${explorer.href.split("#")[0]}#${found}` : null;
}
