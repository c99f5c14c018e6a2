// The shapes of PyTorch's recurrent layers: of inputs, outputs, states and weights, by settings
// that readers choose. A test compares these rules with torch over thousands of settings.

/** @typedef {[size: number, name: string]} Axis a size, and what it is called */
/** @typedef {{name: string, axes: Axis[]}} Tensor */

/**
 * What a reader chooses, by the names that stand in the address.
 * @typedef {object} Settings
 * @property {string} layer
 * @property {number} input_size
 * @property {number} hidden_size
 * @property {number} num_layers
 * @property {number} proj_size
 * @property {string} nonlinearity
 * @property {boolean} bias
 * @property {boolean} batch_first
 * @property {boolean} bidirectional
 * @property {string} input how it comes: one of `INPUTS`
 * @property {number} batch
 * @property {number} seq_len
 * @property {number[]} lengths of packed sequences
 */

/** @typedef {keyof Settings} Name */

/** How many blocks of rows the weights of each layer have. @type {Record<string, number>} */
const GATES = { RNN: 1, LSTM: 4, GRU: 3 };
export const LAYERS = ["RNN", "LSTM", "GRU", "RNNCell", "LSTMCell", "GRUCell"];
export const NONLINEARITIES = ["tanh", "relu"];
export const INPUTS = ["batched", "unbatched", "packed"];
/** What a setting can be at most: else a page of weights, or a number that is not exact. */
const MOST = { size: 999999, layers: 24, lengths: 64 };

/** What a setting can be at most. @param {string} name */
export const most = (name) => (name === "num_layers" ? MOST.layers : MOST.size);

/** @type {Settings} */
export const DEFAULTS = {
  layer: "LSTM",
  input_size: 5,
  hidden_size: 8,
  num_layers: 1,
  proj_size: 0,
  nonlinearity: "tanh",
  bias: true,
  batch_first: false,
  bidirectional: false,
  input: "batched",
  batch: 4,
  seq_len: 7,
  lengths: [7, 5, 3, 2]
};
/** The settings that the address always tells. */
const ALWAYS = ["layer", "input_size", "hidden_size"];

/** @param {Settings} settings */
export const isCell = ({ layer }) => layer.endsWith("Cell");
/** @param {Settings} settings */
export const family = ({ layer }) => layer.replace("Cell", "");
/** @param {Settings} settings */
export const inputs = (settings) => (isCell(settings) ? INPUTS.slice(0, 2) : INPUTS);
/** @param {Settings} settings */
export const inputOf = (settings) =>
  inputs(settings).includes(settings.input) ? settings.input : "batched";

/**
 * Return whether a setting means anything beside the others.
 * @param {Settings} settings
 * @param {string} name
 */
export function applies(settings, name) {
  const input = inputOf(settings);
  if (name === "nonlinearity") return family(settings) === "RNN";
  if (name === "batch") return input === "batched";
  if (name === "seq_len") return input !== "packed" && !isCell(settings);
  if (name === "lengths") return input === "packed";
  return (
    !isCell(settings) || !["num_layers", "proj_size", "batch_first", "bidirectional"].includes(name)
  );
}

/**
 * Read a whole number, or take another in its place.
 * @param {string} text
 * @param {number} otherwise
 * @param {number} limit
 */
const whole = (text, otherwise, limit) =>
  /^\d+$/.test(text.trim()) ? Math.min(Number(text), limit) : otherwise;

/**
 * Read settings from an address's query or fragment; what is missing or wrong is as by default.
 * @param {string} text
 * @returns {Settings}
 */
export function read(text) {
  const found = { ...DEFAULTS };
  // Of a setting that is given twice, the later counts.
  const given = Object.fromEntries(new URLSearchParams(text));
  /** @param {Name} name @param {string[]} known */
  const one = (name, known) => (known.includes(given[name] ?? "") ? { [name]: given[name] } : {});
  Object.assign(found, one("layer", LAYERS), one("nonlinearity", NONLINEARITIES));
  Object.assign(found, one("input", INPUTS));
  for (const [name, text] of Object.entries(given)) {
    const before = DEFAULTS[/** @type {Name} */ (name)];
    if (typeof before === "number")
      Object.assign(found, { [name]: whole(text, before, most(name)) });
    if (typeof before === "boolean" && /^(true|false)$/i.test(text))
      Object.assign(found, { [name]: /^true$/i.test(text) });
    if (name === "lengths") found.lengths = lengths(text);
  }
  return found;
}

/** Names in an address that are no settings, and not meant to be: the theme's search adds it. */
const FOREIGN = ["h"];
/** What a setting can be. @param {string} name @param {Settings} shown */
function possible(name, shown) {
  const choices = { layer: LAYERS, nonlinearity: NONLINEARITIES, input: INPUTS }[name];
  if (choices) return `one of ${choices.join(", ")}`;
  const value = shown[/** @type {Name} */ (name)];
  if (typeof value === "boolean") return "true or false";
  const limit = (name === "lengths" ? MOST.size : most(name)).toLocaleString("en");
  return name === "lengths"
    ? `at most ${MOST.lengths} whole numbers from 0 to ${limit} with commas between them`
    : `a whole number from 0 to ${limit}`;
}

/**
 * Say what an address asks for that is not shown, and what is shown instead.
 * @param {string} text its query or fragment
 * @returns {string[]} a sentence for each
 */
export function unread(text) {
  const shown = read(text);
  const given = [...new URLSearchParams(text)];
  return given.flatMap(([name, value], i) => {
    if (FOREIGN.includes(name)) return [];
    if (!Object.hasOwn(DEFAULTS, name)) return [`${name} is no setting, and is left out.`];
    const now = [shown[/** @type {Name} */ (name)]].flat().join(", ") || "none";
    const same = (/** @type {string} */ one) => one.replaceAll(/\s|\b0+(?=\d)/g, "").toLowerCase();
    if (same(value) === same(now) || (!value.trim() && now === "none")) return [];
    const other = given.slice(i + 1).some(([later]) => later === name);
    const why = other ? "followed by another" : `not ${possible(name, shown)}`;
    return [`${name}=${value} is ${why}: ${now} is shown.`];
  });
}

/** Read lengths of sequences. @param {string} text */
export const lengths = (text) =>
  (text.match(/\d+/g) ?? []).slice(0, MOST.lengths).map((each) => whole(each, 0, MOST.size));

/**
 * Write settings for an address: what always matters, and what is not as by default.
 * @param {Settings} settings
 */
export const write = (settings) =>
  Object.entries(settings)
    .filter(
      ([name, value]) =>
        ALWAYS.includes(name) ||
        (applies(settings, name) && `${value}` !== `${DEFAULTS[/** @type {Name} */ (name)]}`)
    )
    .map(([name, value]) => `${name}=${value}`)
    .join("&");

/**
 * Name the reason why torch refuses settings, by the case that the build asked torch about.
 * @param {Settings} settings
 * @returns {string} empty when it takes them
 */
export function refusal(settings) {
  if (isCell(settings)) return "";
  const { layer, input_size, hidden_size, num_layers, proj_size, seq_len } = settings;
  if (proj_size && layer !== "LSTM") return "no proj_size";
  if (!input_size) return "input_size";
  if (!hidden_size) return "hidden_size";
  if (!num_layers) return "num_layers";
  if (proj_size >= hidden_size) return "proj_size";
  if (inputOf(settings) !== "packed") return seq_len ? "" : "seq_len";
  if (!Math.max(0, ...settings.lengths)) return "no lengths";
  return settings.lengths.includes(0) ? "lengths" : "";
}

/** @param {number} times @param {Axis} axis @returns {Axis} */
const scaled = (times, [size, name]) => [times * size, times > 1 ? `${times} · ${name}` : name];

/**
 * Return all the shapes that settings give which torch takes.
 * @param {Settings} settings
 */
export function shapes(settings) {
  const weights = isCell(settings)
    ? weightsOf(settings, "", [settings.input_size, "input_size"])
    : stacked(settings);
  const count = weights.reduce((sum, { axes }) => sum + numbers(axes), 0);
  return { tensors: tensors(settings), weights, count };
}

/** How many numbers a tensor holds. @param {Axis[]} axes */
export const numbers = (axes) => axes.reduce((product, [size]) => product * size, 1);

/** The width of the state that goes from step to step. @param {Settings} settings @returns {Axis} */
const width = ({ proj_size, hidden_size, ...rest }) =>
  proj_size && !isCell(/** @type {Settings} */ (rest))
    ? [proj_size, "proj_size"]
    : [hidden_size, "hidden_size"];

/** @param {Settings} settings */
export function tensors(settings) {
  const { input_size, hidden_size, num_layers, bidirectional, batch_first } = settings;
  const input = inputOf(settings);
  const ways = bidirectional ? 2 : 1;
  /** @type {Axis[]} */
  const batch = [[batchOf(settings), "batch"]];
  /** @type {Axis[]} */
  const rows = input === "unbatched" ? [] : batch;
  /** @type {Axis[]} */
  const layers = isCell(settings) ? [] : [scaled(ways, [num_layers, "num_layers"])];
  /** @type {Axis[]} */
  let steps = [[settings.seq_len, "seq_len"]];
  if (input === "packed") steps = [[total(settings.lengths), "sum(lengths)"]];
  else steps = batch_first ? [...rows, ...steps] : [...steps, ...rows];
  if (isCell(settings)) steps = rows;
  /** @type {Tensor[]} */
  const states = [{ name: "h", axes: [...layers, ...rows, width(settings)] }];
  if (family(settings) === "LSTM")
    states.push({ name: "c", axes: [...layers, ...rows, [hidden_size, "hidden_size"]] });
  /** @param {string} end */
  const named = (end) => states.map(({ name, axes }) => ({ name: `${name}_${end}`, axes }));
  const data = input === "packed" ? ".data" : "";
  /** @type {Tensor[]} */
  const found = [
    { name: `input${data}`, axes: [...steps, [input_size, "input_size"]] },
    ...named("0")
  ];
  if (isCell(settings)) return [...found, ...named("1")];
  const output = { name: `output${data}`, axes: [...steps, scaled(ways, width(settings))] };
  return [...found, output, ...named("n")];
}

/** @param {number[]} lengths */
const total = (lengths) => lengths.reduce((sum, each) => sum + each, 0);
/** @param {Settings} settings */
const batchOf = (settings) =>
  inputOf(settings) === "packed" ? settings.lengths.length : settings.batch;

/** @param {Settings} settings @returns {Tensor[]} */
function stacked(settings) {
  const ways = settings.bidirectional ? 2 : 1;
  return Array.from({ length: settings.num_layers * ways }, (_, i) => {
    const layer = Math.floor(i / ways);
    /** @type {Axis} */
    const reads = layer ? scaled(ways, width(settings)) : [settings.input_size, "input_size"];
    return weightsOf(settings, `_l${layer}${i % ways ? "_reverse" : ""}`, reads);
  }).flat();
}

/**
 * @param {Settings} settings
 * @param {string} end of their names
 * @param {Axis} reads the input of their layer
 * @returns {Tensor[]}
 */
function weightsOf(settings, end, reads) {
  const rows = scaled(GATES[family(settings)] ?? 1, [settings.hidden_size, "hidden_size"]);
  /** @type {Tensor[]} */
  const found = [
    { name: `weight_ih${end}`, axes: [rows, reads] },
    { name: `weight_hh${end}`, axes: [rows, width(settings)] }
  ];
  if (settings.bias)
    found.push({ name: `bias_ih${end}`, axes: [rows] }, { name: `bias_hh${end}`, axes: [rows] });
  const [size, name] = width(settings);
  if (name === "proj_size")
    found.push({
      name: `weight_hr${end}`,
      axes: [
        [size, name],
        [settings.hidden_size, "hidden_size"]
      ]
    });
  return found;
}

/** Write the sizes of axes. @param {Axis[]} axes */
export const sizes = (axes) => axes.map(([size]) => size).join(", ");
