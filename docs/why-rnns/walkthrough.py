# ---
# title: Walk through two sentences
# description: Dog bites man, man bites dog. A sum of word vectors cannot tell them apart; a state that is carried along can. Build both, and train them.
# outcome: turn a sum of words into a state, and show on a task what the sum can never learn
# ---

# %% [markdown]
# # Walk through: who bites whom?
#
# *Dog bites man* is not news, *Man bites dog* is. The words are the same, the story is not. Here you build a network that cannot tell the two apart, see why no training helps it, and give it a state, so that it can. About `#!minutes` minutes.
#
# ## Words as vectors
#
# A network reads numbers. Give each word a vector:

# %%
import torch
from torch import nn

torch.manual_seed(0)
words = ["dog", "man", "cat", "bird", "bites"]
vectors = torch.randn(len(words), 4)


def read(sentence):
    return torch.stack([vectors[words.index(word)] for word in sentence.split()])


read("dog bites man").shape

# %% [markdown]
# Three words, four numbers each.
#
# ## A sum
#
# The simplest way to make one vector of three is to add them up.

# %%
first = read("dog bites man").sum(0)
second = read("man bites dog").sum(0)
torch.allclose(first, second)

# %% [markdown]
# Both sentences are the same vector. Whatever comes after the sum gets the same input twice, so it gives the same answer twice. No training can change that: the order is gone before the first weight is applied.
#
# ## A state
#
# Now read word by word, and keep a vector of what you have read so far. Each new word changes it. That vector is the *hidden state*.

# %%
W = torch.randn(4, 4) * 0.5
U = torch.randn(4, 4) * 0.5


def state_after(sentence):
    h = torch.zeros(4)
    for x in read(sentence):
        h = torch.tanh(x @ W + h @ U)
    return h


one, other = state_after("dog bites man"), state_after("man bites dog")
print(one)
print(other)

# %% [markdown]
# Nothing is trained yet, and the two differ already. `#!check not torch.allclose(one, other, atol=0.1)` The word that came first went through `U` twice more than the last one. So the state depends on the order.
#
# /// question | Which change would make the state blind to order again?
#     id: why-walkthrough-blind
#     kind: concept
#     level: medium
#     reviewed: true
#
# Think of what the loop does with the old state.
#
# - [ ] `U` multiplied by 2
#
#     The old state counts for more then. The order still counts.
#
# - [x] `h = h + x @ W` in place of the `tanh` line
#
#     That is a sum again. Adding has no order.
#
# - [ ] `U` set to zeros
#
#     Then the state knows the last word alone. But which word is last depends on the order, so the two sentences still differ.
# ///
#
# ## A task that asks for order
#
# Now let both learn. Four nouns bite each other. The question is always: who bites? One pair is kept for the test, with its twin.

# %%
nouns = words[:4]
pairs = [(a, b) for a in nouns for b in nouns if a != b]
held_out = [("dog", "man"), ("man", "dog")]
train = [pair for pair in pairs if pair not in held_out]


def task(chosen):
    x = torch.stack([read(f"{a} bites {b}") for a, b in chosen])
    return x, torch.tensor([nouns.index(a) for a, _ in chosen])


x, who = task(train)
x.shape

# %%
class Sum(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 4))

    def forward(self, x):
        return self.head(x.sum(1))


class State(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.RNN(4, 32, batch_first=True)
        self.head = nn.Linear(32, 4)

    def forward(self, x):
        return self.head(self.rnn(x)[1][-1])


def fit(model, steps=300):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for step in range(1, steps + 1):
        loss = nn.functional.cross_entropy(model(x), who)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        bar = "#" * (20 * step // steps)
        print(f"\r[{bar:.<20}] step {step}", end="")
    return model


def accuracy(model, chosen):
    x, who = task(chosen)
    return (model(x).argmax(1) == who).float().mean().item()


torch.manual_seed(0)
by_sum, by_state = fit(Sum()), fit(State())

# %% [markdown]
# How often is each right on the sentences that it was trained on?

# %%
for model in (by_sum, by_state):
    print(f"{type(model).__name__:6}{accuracy(model, train):.2f}")

# %% [markdown]
# The network with a state is right about all of them. `#!check accuracy(by_state, train) == 1` The sum cannot be, however long it trains: of each pair of twins it is right about one at most.
#
# And the two sentences from the beginning, which neither has seen?

# %%
for model in (by_sum, by_state):
    answers = model(task(held_out)[0]).argmax(1)
    said = [nouns[i] for i in answers.tolist()]
    print(f"{type(model).__name__:6}{said}")

# %% [markdown]
# The sum says the same twice, as it must. `#!check by_sum(task(held_out)[0]).argmax(1).unique().numel() == 1` The network with a state is right about both, though it has seen neither. `#!check accuracy(by_state, held_out) == 1`
#
# ## What next
#
# - Put a word that means nothing between the others, three times, ten times. How far does the state still remember who was first? [Learn](learn.md) measures it.
# - A network that gets all words side by side sees the order too. What does it do with a longer sentence? Try it, and read the message.
# - [Practice](practice.md) asks about all of this.
