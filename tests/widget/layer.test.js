import assert from "node:assert/strict";
import { test } from "node:test";

import { settings } from "../../quiz_js/layer.js";

test("a layer's numbers and options, in any order", () => {
  assert.equal(
    settings("lstm = nn.LSTM(5, 3, num_layers=2, bidirectional=True, proj_size=2)"),
    "layer=LSTM&input_size=5&hidden_size=3&num_layers=2&bidirectional=true&proj_size=2"
  );
  assert.equal(
    settings('nn.RNN(hidden_size=4, input_size=3, nonlinearity="relu", dropout=0.5)'),
    "layer=RNN&hidden_size=4&input_size=3&nonlinearity=relu"
  );
});

test("the sizes of its input", () => {
  const gru = "gru = nn.GRU(5, 3)\nx = torch.randn(7, 4, 5)\nh_0 = torch.zeros(1, 4, 3)";
  assert.equal(settings(gru), "layer=GRU&input_size=5&hidden_size=3&seq_len=7&batch=4");
  assert.equal(
    settings("nn.GRU(5, 3, batch_first=True)(torch.randn(4, 7, 5))"),
    "layer=GRU&input_size=5&hidden_size=3&batch_first=true&batch=4&seq_len=7"
  );
  assert.equal(
    settings("nn.GRU(5, 3)(torch.randn(7, 5))"),
    "layer=GRU&input_size=5&hidden_size=3&input=unbatched&seq_len=7"
  );
  assert.equal(
    settings("nn.GRUCell(5, 3)(torch.randn(4, 5))"),
    "layer=GRUCell&input_size=5&hidden_size=3&batch=4"
  );
});

test("nothing where the input could be either of two", () => {
  const both = "nn.GRU(5, 3)\na, b = torch.randn(7, 4, 5), torch.randn(9, 4, 5)";
  assert.equal(settings(both), "layer=GRU&input_size=5&hidden_size=3");
});

for (const code of [
  "nn.LSTM(features, 3)",
  "nn.LSTM(5, ____)",
  "nn.LSTM(5)",
  "nn.LSTM(5, 3, 2, True, 7)",
  "nn.LSTM(5, 3)\nnn.LSTM(5, 4)",
  "nn.Linear(5, 3)",
  "nn.LSTM(5, 3, device=where)"
])
  test(`none for ${JSON.stringify(code)}`, () => assert.equal(settings(code), null));
