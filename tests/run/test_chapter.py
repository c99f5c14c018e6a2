"""A chapter of a course, as people write them, gives on a page what it gives in Jupyter."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

import nbclient
import nbformat
import pytest

from support.page import cell, planned
from unrolled.model.output import Output, ShownKind
from unrolled.prove import page as proofs
from unrolled.run.engine import Engine
from unrolled.run.terminal import settled

CHAPTER = [
    """
import collections
import logging
import random
import re
import warnings
from concurrent.futures import ThreadPoolExecutor

import matplotlib.pyplot as plt
import numpy as np
import torch
from IPython.display import Markdown, clear_output, display
from torch import nn
from torch.utils.data import DataLoader, Dataset

random.seed(0)
np.random.seed(0)
torch.manual_seed(0)
""",
    """
text = "the time machine was a machine for the time that a traveller had"
tokens = re.findall(r"[a-z]+", text)
print(f"{len(tokens)} tokens")
tokens[:4]
""",
    """
class Vocab:
    def __init__(self, tokens):
        counts = collections.Counter(tokens)
        self.words = ["<unk>", *sorted(counts, key=lambda w: (-counts[w], w))]
        self.index = {w: i for i, w in enumerate(self.words)}

    def __len__(self):
        return len(self.words)

    def __getitem__(self, word):
        return self.index.get(word, 0)


vocab = Vocab(tokens)
len(vocab), vocab["time"], vocab["?"]
""",
    """
display(Markdown(f"The vocabulary has **{len(vocab)}** words."))
display(vocab.words[:3], {"time": vocab["time"]})
print("shown")
""",
    """
class Windows(Dataset):
    def __init__(self, ids, steps):
        self.ids, self.steps = torch.tensor(ids), steps

    def __len__(self):
        return len(self.ids) - self.steps

    def __getitem__(self, i):
        return self.ids[i : i + self.steps], self.ids[i + 1 : i + self.steps + 1]


data = Windows([vocab[w] for w in tokens], steps=4)
loader = DataLoader(data, batch_size=3, shuffle=False)
x, y = next(iter(loader))
x, y.shape
""",
    """
class Model(nn.Module):
    def __init__(self, size, hidden=8):
        super().__init__()
        self.embedding = nn.Embedding(size, hidden)
        self.rnn = nn.GRU(hidden, hidden, batch_first=True)
        self.out = nn.Linear(hidden, size)

    def forward(self, x):
        return self.out(self.rnn(self.embedding(x))[0])


model = Model(len(vocab))
model
""",
    """
sum(p.numel() for p in model.parameters())
""",
    """
losses = []
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
for epoch in range(5):
    for x, y in loader:
        loss = nn.functional.cross_entropy(model(x).flatten(0, 1), y.flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    losses.append(loss.item())
    print(f"epoch {epoch + 1} of 5", end="\\r")
""",
    """
for n in range(3):
    clear_output(wait=True)
    print(f"step {n}")
print("falls:", losses[-1] < losses[0])
""",
    """
plt.figure(figsize=(4, 2))
plt.plot(losses)
plt.xlabel("epoch")
plt.show()
print("between")
fig, axes = plt.subplots(1, 2)
axes[0].plot(losses)
axes[1].hist(losses);
""",
    """
warnings.filterwarnings("ignore")
nn.GRU(2, 2, dropout=0.5)
""",
    """
nn.GRU(2, 3, dropout=0.5).weight_ih_l0.shape
""",
    """
pool = ThreadPoolExecutor(2)
print(*pool.map(len, ["a", "bc"]))
""",
    """
import asyncio


async def answer(n):
    await asyncio.sleep(0)
    return n * 2


await asyncio.gather(answer(1), answer(2))
""",
    """
logging.basicConfig(format="%(levelname)s %(message)s")
logging.warning("nearly done")
np.arange(6).reshape(2, 3)
""",
    """
with torch.no_grad():
    best = model(torch.tensor([[vocab["the"]]])).argmax(-1)
vocab.words[best.item()] in vocab.words
""",
]
"""Its cells, in order."""


@dataclass(frozen=True)
class Gave:
    """What a cell gave, in a form that both have."""

    text: str
    errors: str
    figures: int


def in_jupyter(folder: Path) -> list[Gave]:
    """Return what the chapter's cells give in a notebook."""
    cells = [nbformat.v4.new_code_cell(code.strip()) for code in CHAPTER]
    book = nbformat.v4.new_notebook(cells=cells)
    client = nbclient.NotebookClient(book, resources={"metadata": {"path": str(folder)}})
    asyncio.run(client.async_execute())
    return [_of_notebook(each.outputs) for each in book.cells]


def _of_notebook(outputs: list[nbformat.NotebookNode]) -> Gave:
    text, errors, figures = "", "", 0
    for output in outputs:
        if output.output_type == "stream":
            text += output.text if output.name == "stdout" else ""
            errors += output.text if output.name == "stderr" else ""
        elif "image/png" in output.data:
            figures += 1
        else:
            text += "\n" if text and not text.endswith("\n") else ""
            text += output.data.get("text/markdown", output.data["text/plain"]) + "\n"
    return Gave(_plain(text), _plain(errors), figures)


def _of_page(output: Output) -> Gave:
    figures = sum(shown.kind is ShownKind.FIGURE for shown in output.shown)
    return Gave(_plain(output.text), _plain(output.stderr), figures)


def _plain(text: str) -> str:
    return re.sub(r"0x[0-9a-f]+", "0x…", settled(text)).strip()


@pytest.mark.filterwarnings("ignore")
def test_each_cell_of_a_chapter_gives_what_it_gives_in_jupyter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: Engine
) -> None:
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    text = "# Chapter\n\n" + "\n".join(
        cell(
            code.strip(),
            ("continuation " if number else "")
            + ('alt="losses that fall | losses and how often each" ' if "plt.plot" in code else "")
            + "timeout=60",
        )
        for number, code in enumerate(CHAPTER)
    )
    (ran,) = engine.run([planned(text)])
    assert [*proofs.problems(ran)] == []
    (run,) = ran.runs
    for code, expected, output in zip(CHAPTER, in_jupyter(tmp_path), run.outputs, strict=True):
        assert _of_page(output) == expected, code
