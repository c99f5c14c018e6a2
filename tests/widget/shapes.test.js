import assert from "node:assert/strict";
import { test } from "node:test";

import { code } from "../../quiz_js/python.js";
import { DEFAULTS, read, refusal, shapes, unread, write } from "../../quiz_js/shapes.js";

test("settings come back from the address as they were written", () => {
  const settings = {
    ...DEFAULTS,
    hidden_size: 12,
    proj_size: 3,
    bias: false,
    input: "packed",
    lengths: [4, 1]
  };
  assert.deepEqual(read(write(settings)), settings);
  assert.equal(
    write(settings),
    "layer=LSTM&input_size=5&hidden_size=12&proj_size=3&bias=false&input=packed&lengths=4,1"
  );
});

test("the address tells nothing that means nothing", () => {
  const settings = { ...DEFAULTS, layer: "GRUCell", num_layers: 3, input: "packed", batch: 2 };
  assert.equal(write(settings), "layer=GRUCell&input_size=5&hidden_size=8&input=packed&batch=2");
});

test("what cannot be read is as by default, and the later of two counts", () => {
  const given = "layer=CNN&input_size=-2&num_layers=x&input=&h=1&hidden_size=3&hidden_size=4";
  assert.deepEqual(read(given), { ...DEFAULTS, hidden_size: 4 });
  assert.equal(read("hidden_size=99999999999").hidden_size, 999999);
  assert.equal(read("num_layers=1000000").num_layers, 24);
  assert.deepEqual(read("lengths=3,+2,,0").lengths, [3, 2, 0]);
  assert.deepEqual(read("lengths=").lengths, []);
});

test("what an address asks for that is not shown is said, with what is", () => {
  const said = {
    "layer=CNN": /^layer=CNN is not one of RNN, .*: LSTM is shown\.$/,
    "num_layers=25": /^num_layers=25 is not a whole number from 0 to 24: 24 is shown\.$/,
    "input_size=-2": /: 5 is shown\.$/,
    "bias=maybe": /^bias=maybe is not true or false: true is shown\.$/,
    "lengths=3,x": /^lengths=3,x is not .*: 3 is shown\.$/,
    "hidden_size=3&hidden_size=4": /^hidden_size=3 is followed by another: 4 is shown\.$/,
    "hiden_size=3": /^hiden_size is no setting, and is left out\.$/,
    "__proto__=3": /^__proto__ is no setting/
  };
  for (const [given, words] of Object.entries(said)) {
    assert.equal(unread(given).length, 1);
    assert.ok(words.test(unread(given)[0] ?? ""));
  }
});

test("an address that is shown as it asks says nothing", () => {
  const longest = Array(64).fill(999999).join(",");
  for (const given of [
    "",
    "h=shape",
    "layer=GRU&bias=False",
    "input_size=05",
    `lengths=${longest}`
  ])
    assert.deepEqual(unread(given), []);
  for (const one of [DEFAULTS, { ...DEFAULTS, lengths: [] }, read("layer=GRUCell&input=packed")])
    assert.deepEqual(unread(write(one)), []);
});

test("what an earlier check of torch finds is the reason", () => {
  assert.equal(refusal(read("layer=GRU&proj_size=3&input_size=0")), "no proj_size");
  assert.equal(refusal(read("proj_size=8&hidden_size=0")), "hidden_size");
  assert.equal(refusal(read("layer=LSTMCell&proj_size=8&seq_len=0")), "");
});

test("axes are named", () => {
  const { tensors } = shapes(read("num_layers=2&bidirectional=true&proj_size=3"));
  assert.deepEqual(tensors[3], {
    name: "output",
    axes: [
      [7, "seq_len"],
      [4, "batch"],
      [6, "2 · proj_size"]
    ]
  });
  assert.deepEqual(tensors[4]?.axes[0], [4, "2 · num_layers"]);
});

test("code says what is not as by default", () => {
  assert.ok(code(read("bias=false")).includes("nn.LSTM(input_size=5, hidden_size=8, bias=False)"));
  assert.ok(!code(read("layer=RNNCell&num_layers=2")).includes("num_layers"));
});
