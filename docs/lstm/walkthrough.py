# ---
# title: Walk through a letter model
# description: An nn.LSTM learns Italian surnames letter by letter and writes new ones - teacher forcing, truncated backpropagation, perplexity, temperature.
# outcome: train a language model on a stream of letters, carry its state along, and write with it
# ---

# %% [markdown]
# # Walk through: a network that invents names
#
# Read a thousand Italian surnames, and you can make some up. Here an `nn.LSTM` does it: it learns to say which letter comes next, and then writes by listening to itself. About `#!minutes` minutes.
#
# ## One long text
#
# `names.txt` lies next to this page: surnames from the lists of [faker](https://github.com/joke2k/faker) (MIT licence), without accents. Shuffled and joined, with a line's end after each, they are one long text.

# %%
import math
import random
from pathlib import Path

import torch
from torch import nn

names = Path("names.txt").read_text("utf-8").splitlines()[1:]
random.Random(0).shuffle(names)
held_out, train = names[:150], names[150:]
letters = "\nabcdefghijklmnopqrstuvwxyz"


def coded(names):
    text = "\n" + "\n".join(names) + "\n"
    return torch.tensor([letters.index(letter) for letter in text])


print(len(train), "names,", len(coded(train)), "letters:", ", ".join(train[:4]))

# %% [markdown]
# ## Predict the next letter
#
# The input is the text, the target is the same text one letter later. At each step the network gets the *true* letter, whatever it would have said itself. That is called teacher forcing.

# %%
text = coded(train[:1])
for now, then in zip(text[:4].tolist(), text[1:5].tolist()):
    print(repr(letters[now]), "->", repr(letters[then]))

# %% [markdown]
# ## Many streams, and short pieces
#
# The text is cut into 16 streams that are read side by side. The network reads 24 letters of each, learns, and reads on.

# %%
streams = 16
text = coded(train)
steps = (len(text) - 1) // streams
x = text[: streams * steps].view(streams, steps)
y = text[1 : streams * steps + 1].view(streams, steps)
x.shape

# %%
class Writer(nn.Module):
    def __init__(self, hidden=96):
        super().__init__()
        self.letters = nn.Embedding(len(letters), 24)
        self.lstm = nn.LSTM(24, hidden, batch_first=True)
        self.head = nn.Linear(hidden, len(letters))

    def forward(self, x, state=None):
        out, state = self.lstm(self.letters(x), state)
        return self.head(out), state


torch.manual_seed(0)
writer = Writer()
logits, (h, c) = writer(x[:, :24])
logits.shape

# %% [markdown]
# The logits are scores, one for each letter that may come next. The state is a pair: `#!shape h: (1, 16, 96)` and as much again for the cell.
#
# ## Carry the state, cut the gradient
#
# A name may begin in one piece and end in the next, so the state goes along. The gradient must not: else each step would go back to the first letter of the text. `detach()` on both parts cuts it. That is truncated backpropagation through time.
#
# /// question | What does `detach()` limit to one piece?
#     id: lstm-walkthrough-piece
#     kind: concept
#     level: medium
#
# A piece has 24 letters, and each begins with the detached state of the last.
#
# ```{.python hidden continuation}
# read = writer.letters(x[:, :24]).detach().requires_grad_()
# _, state = writer.lstm(read)
# carried = tuple(s.detach() for s in state)
# after, _ = writer(x[:, 24:48], carried)
# stops = torch.autograd.grad(after.sum(), read, allow_unused=True)[0] is None
# _, other = writer(x[:, :24].flip(1))
# remembers = not torch.allclose(writer(x[:, 24:48], other)[0], after, atol=1e-4)
# holds = [not remembers, stops and remembers, stops and not remembers]
# ```
#
# - [ ] What the network can remember
#
#     The numbers of the state go on. Read other letters in the first piece, and the scores in the next are others too.
#
# - [x] How far back a gradient goes
#
#     A loss changes the weights by what happened in its own piece. The state's numbers may come from much further back.
#
# - [ ] Both
#
#     Then passing no state would do. It is passed because memory may reach further than the gradient.
#
# //// hint
# What does `detach()` change: the numbers of a tensor, or the record of how they were computed?
# ////
#
# //// solution
# 1. The numbers of the state stay, and the next piece reads them. So memory goes on.
# 2. The record is gone, so `backward` ends where the piece begins.
# ////
#
# //// mistakes
# - Taking the length of a piece for the length of the memory.
# ////
# ///

# %% unrolled="timeout=60"
def perplexity(model, names):
    model.eval()
    text = coded(names)
    with torch.no_grad():
        logits, _ = model(text[None, :-1])
    return math.exp(nn.functional.cross_entropy(logits[0], text[1:]).item())


def fit(model, epochs=14, length=24):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for epoch in range(1, epochs + 1):
        model.train()
        state = None
        for a, b in zip(x.split(length, 1), y.split(length, 1)):
            logits, (h, c) = model(a, state)
            loss = nn.functional.cross_entropy(logits.flatten(0, 1), b.flatten())
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            state = h.detach(), c.detach()
        bar = "#" * epoch + "." * (epochs - epoch)
        print(f"\r[{bar}] epoch {epoch}, perplexity {perplexity(model, held_out):.1f}", end="")


before = perplexity(writer, held_out)
fit(writer)

# %% [markdown]
# **Perplexity** is the exponential of the mean loss. It says between how many letters the network hesitates, on average. Untrained, it can only guess among 27, and its perplexity is `#!value f"{before:.1f}"`. Now it is `#!value f"{perplexity(writer, held_out):.1f}"`, on names that it has not read.
#
# ## Write
#
# Begin with a line's end, draw a letter from what the network says, feed it back, and go on until the next line's end. The **temperature** divides the logits before the draw: low makes it play safe, high makes it daring.

# %%
@torch.no_grad()
def write(model, temperature=1.0):
    model.eval()
    state, letter, name = None, torch.zeros(1, 1, dtype=torch.long), ""
    while len(name) < 14:
        logits, state = model(letter, state)
        odds = (logits[0, -1] / temperature).softmax(0)
        letter = torch.multinomial(odds, 1).view(1, 1)
        if letter.item() == 0 and name:
            break
        name += letters[letter.item()].strip()
    return name


torch.manual_seed(1)
for temperature in (0.3, 0.8, 1.5):
    print(temperature, *(write(writer, temperature) for _ in range(6)))

# %% [markdown]
# Are they new, or copied? Count, at the middle temperature:

# %%
torch.manual_seed(2)
made = [write(writer, 0.8) for _ in range(100)]
copied = sum(name in train for name in made)
print(copied, "of", len(made), "are in the training names")

# %% [markdown]
# The other `#!value len(made) - copied` are not. Some of them may be real surnames all the same.
#
# ## What next
#
# - Leave out `.detach()`, and read the message. The [debug clinic](debug.md) has it too.
# - Begin with letters of your own: run the network over them first, and write on from its state.
# - Train for many more epochs. What happens to the perplexity of the held-out names, and to the number of copies?
