# ---
# title: Walk through names and their languages
# description: From a list of surnames to an nn.RNN that names their language, end to end - load, encode, pad and pack, train, judge, and ask it about a name of your own.
# outcome: build a classifier of sequences end to end, and say what it confuses
# ---

# %% [markdown]
# # Walk through: whose name is this?
#
# *Marino*, *Kovacevic*, *Dlamini*, *Vandenbergh*: you can often tell a surname's language from its letters alone. Here you build an `nn.RNN` that does, from the file to the answer. About `#!minutes` minutes; download the page as a notebook and run it as you read.
#
# ## Load
#
# `names.csv` stands beside this page. It holds surnames from the lists of [faker](https://github.com/joke2k/faker) (MIT licence), in lower case and without accents, so that no `č` gives a language away.

# %%
import csv
import random
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

lines = Path("names.csv").read_text("utf-8").splitlines()
rows = [tuple(row) for row in csv.reader(lines[1:])]
languages = sorted({language for _, language in rows})
print(len(rows), "names:", ", ".join(languages))

# %% [markdown]
# ## Look
#
# Always look before you train. Three names of each language:

# %%
for language in languages:
    own = [name for name, each in rows if each == language]
    print(f"{language:9}{len(own):4}  {', '.join(own[:3])}")

# %% [markdown]
# The languages are about equally frequent. So somebody who always says the same language is right in about one case of `#!value len(languages)`. That is the first number to beat.
#
# ## Hold some back
#
# Names that the network learns from cannot tell you whether it reads or remembers. Put a fifth aside for choosing, and a fifth for the final test.

# %%
random.Random(0).shuffle(rows)
fifth = len(rows) // 5
test, valid, train = rows[:fifth], rows[fifth : 2 * fifth], rows[2 * fifth :]
print(len(train), len(valid), len(test))

# %% [markdown]
# ## Encode
#
# A letter becomes a number from 1 to 26. Zero is left for padding. A name is a tensor as long as the name.

# %%
def encode(name):
    return torch.tensor([ord(letter) - ord("a") + 1 for letter in name])


encode("marino")

# %% [markdown]
# ## Batch: pad, and remember the lengths
#
# Names differ in length, and a tensor is a block. `pad_sequence` fills the short ones with zeros. The lengths say where each name ends.

# %%
def batch(pairs):
    coded = [encode(name) for name, _ in pairs]
    lengths = torch.tensor([len(name) for name in coded])
    labels = torch.tensor([languages.index(language) for _, language in pairs])
    return pad_sequence(coded, batch_first=True), lengths, labels


x, lengths, labels = batch([("kos", "Croatian"), ("marino", "Italian")])
x

# %% [markdown]
# Two names, the longer one with six letters: `#!shape x: (2, 6)`.
#
# ## The reader
#
# Each letter gets a vector that is learned. The layer reads the vectors one by one. What it knows after the last letter goes to a linear layer with one output a language.
#
# `pack_padded_sequence` is what makes "after the last letter" true: without it, `h_n` of *kos* would be the state after three zeros. `enforce_sorted=False` lets names come in any order. Packing is told `batch_first=True`, and the layer is not: a packed batch is one long row of vectors, and has no axis for the batch.

# %%
class Reader(nn.Module):
    def __init__(self, hidden=64):
        super().__init__()
        self.letters = nn.Embedding(27, 16, padding_idx=0)
        self.rnn = nn.RNN(16, hidden)
        self.head = nn.Linear(hidden, len(languages))

    def forward(self, x, lengths):
        packed = pack_padded_sequence(
            self.letters(x), lengths, batch_first=True, enforce_sorted=False)
        _, h_n = self.rnn(packed)
        return self.head(h_n[-1])


torch.manual_seed(0)
reader = Reader()
reader(x, lengths).shape

# %% [markdown]
# Before you go on, guess: does a name's answer depend on the names beside it in the batch? It must not. Ask for *kos* alone, without any padding, and compare:

# %%
alone = reader(*batch([("kos", "Croatian")])[:2])
same = torch.allclose(alone[0], reader(x, lengths)[0], atol=1e-6)
same

# %% [markdown]
# ## Train
#
# Fifty names at a time. The learning rate falls to zero, so that the last steps settle down. Run it in Jupyter, and the bar moves.

# %% unrolled="timeout=60"
def accuracy(model, pairs):
    model.eval()
    with torch.no_grad():
        x, lengths, labels = batch(pairs)
        right = model(x, lengths).argmax(1) == labels
    return right.float().mean().item()


def fit(model, epochs=12):
    data = batch(train)
    steps = epochs * -(-len(train) // 50)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    slower = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, total_iters=steps)
    for epoch in range(1, epochs + 1):
        model.train()
        for chosen in torch.randperm(len(train)).split(50):
            x, lengths, labels = (each[chosen] for each in data)
            loss = nn.functional.cross_entropy(model(x, lengths), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            slower.step()
        bar = "#" * epoch + "." * (epochs - epoch)
        print(f"\r[{bar}] epoch {epoch}, valid {accuracy(model, valid):.2f}", end="")


fit(reader)

# %% [markdown]
# One thing to watch, here and with any network: the loss on the validation names. Where it turns upwards while the training loss still falls, the network begins to learn its own names by heart, and wrong labels too where there are any. Keep the weights of the epoch before the turn.
#
# It names far more than one in five. `#!check accuracy(reader, valid) > 0.7` Does that take an RNN? No: the [experiment](experiment.md) counts letters, pairs and triples, and does about as well on names this short. A recurrent layer is worth its cost where the order counts over more than three letters, at distances that vary.
#
# ## What does it confuse?
#
# One number hides a lot. A confusion matrix has a row for each true language and a column for each answer.

# %%
x, lengths, labels = batch(valid)
with torch.no_grad():
    answers = reader(x, lengths).argmax(1)
matrix = torch.zeros(5, 5, dtype=torch.int)
for label, answer in zip(labels, answers):
    matrix[label, answer] += 1
print(" " * 9, *(f"{name[:3]:>4}" for name in languages))
for name, row in zip(languages, matrix.tolist()):
    print(f"{name:9}", *(f"{count:>4}" for count in row))

# %%
off = matrix.clone().fill_diagonal_(0)
pair = off + off.T
worst = {languages[i] for i in divmod(pair.argmax().item(), len(languages))}
sorted(worst)

# %% [markdown]
# These two are mixed up most. Is that a fault of the network, or would you mix them up too?
#
# /// question | What does a row of this matrix add up to?
#     id: rnn-walkthrough-row
#     kind: concept
#     level: easy
#     reviewed: true
#
# Look at the loop that fills it.
#
# - [ ] The number of names that got this answer
#
#     That is a column: `matrix[:, i]`.
#
# - [x] The number of names of this language
#
#     Each name of the language adds one, in the column of its answer.
#
# - [ ] The number of right answers
#
#     Those are on the diagonal alone.
# ///
#
# ## The test
#
# You looked at the validation names while you built this. The test names have not been looked at yet, and this is the only time:

# %%
score = accuracy(reader, test)
print(f"{score:.2f}")

# %% [markdown]
# ## Ask it
#
# Put in a name of your own: only the letters a to z, without spaces and accents.

# %%
def guess(name):
    reader.eval()
    with torch.no_grad():
        x, lengths, _ = batch([(name, languages[0])])
        odds = reader(x, lengths).softmax(1)[0]
    return {languages[i]: round(odds[i].item(), 2) for i in odds.argsort(descending=True)}


guess("moretti")

# %% [markdown]
# A network always answers. For `"xxxx"` it says `#!value next(iter(guess("xxxx")))`, with `#!value f"{max(guess('xxxx').values()):.0%}"`: it has never been shown what is not a name. With another seed it may say something else, and be more or less sure.
#
# ## What next
#
# - Leave out `pack_padded_sequence` and take `h_n` as it comes. Nothing is raised, and the validation accuracy falls. [The debug clinic](debug.md) has more mistakes of that kind.
# - Read each name from both ends: `bidirectional=True`, and join the last states. Does it help?
# - The [experiment](experiment.md) asks you to reach a target.
