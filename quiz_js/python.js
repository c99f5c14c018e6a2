// The Python that makes a layer by a reader's settings and calls it, to copy.

import { applies, DEFAULTS, family, inputOf, isCell, sizes, tensors } from "./shapes.js";

/** @typedef {import("./shapes.js").Axis} Axis */
/** @typedef {import("./shapes.js").Name} Name */
/** @typedef {import("./shapes.js").Settings} Settings */

/**
 * Write the Python that makes such a layer and calls it.
 * @param {Settings} settings
 */
export function code(settings) {
  const { layer } = settings;
  const name = family(settings).toLowerCase();
  const packed = inputOf(settings) === "packed";
  const found = tensors(settings);
  const states = found.filter(({ name }) => name.endsWith("_0"));
  const ends = states.map(({ name }) => name.replace("0", isCell(settings) ? "1" : "n"));
  /** @param {string[]} names */
  const listed = (names) => (names.length > 1 ? `(${names.join(", ")})` : names.join());
  const given = packed ? "packed" : "x";
  const first = isCell(settings) && ends.length > 1 ? ends.join(", ") : listed(ends);
  return [
    "import torch",
    "from torch import nn",
    ...(packed ? ["from torch.nn.utils.rnn import pack_padded_sequence"] : []),
    "",
    `${name} = nn.${layer}(${written(settings)})`,
    `x = torch.randn(${sizes(packed ? padded(settings) : (found[0]?.axes ?? []))})`,
    ...(packed ? [packing(settings)] : []),
    ...states.map(({ name, axes }) => `${name} = torch.zeros(${sizes(axes)})`),
    `${isCell(settings) ? "" : "output, "}${first} = ${name}(${given}, ${listed(states.map(({ name }) => name))})`
  ].join("\n");
}

/** @param {Settings} settings @returns {Axis[]} */
function padded({ lengths, batch_first, input_size }) {
  /** @type {Axis[]} */
  const found = [
    [Math.max(0, ...lengths), "seq_len"],
    [lengths.length, "batch"]
  ];
  return [...(batch_first ? found.reverse() : found), [input_size, "input_size"]];
}

/** @param {Settings} settings */
const packing = ({ lengths, batch_first }) =>
  `packed = pack_padded_sequence(x, [${lengths.join(", ")}]${batch_first ? ", batch_first=True" : ""}, enforce_sorted=False)`;

/** @param {Settings} settings */
function written(settings) {
  const always = ["input_size", "hidden_size"];
  /** @type {Name[]} */
  const names = [
    "input_size",
    "hidden_size",
    "num_layers",
    "nonlinearity",
    "bias",
    "batch_first",
    "bidirectional",
    "proj_size"
  ];
  return names
    .filter((name) => applies(settings, name))
    .filter((name) => always.includes(name) || settings[name] !== DEFAULTS[name])
    .map((name) => `${name}=${python(settings[name])}`)
    .join(", ");
}

/** @param {unknown} value */
function python(value) {
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "string" ? `"${value}"` : `${value}`;
}
