# ---
# title: Walk through the sea's temperature
# description: Forecast the sea's temperature off Peru with nn.GRU - simple forecasts first, then stateful training, then judgement at several origins.
# outcome: forecast a series honestly, with baselines first and more than one test period
# ---

# %% [markdown]
# # Walk through: how warm will the sea be next month?
#
# Off Peru, the sea is warm in March and cool in September. In some years it stays warm: El Niño. Here you forecast the next month with an `nn.GRU`, and find out whether it is worth it. About `#!minutes` minutes.
#
# ## Load and look
#
# `elnino.csv` lies next to this page: monthly means in degrees Celsius, measured by NOAA, in the public domain, as [statsmodels](https://www.statsmodels.org/stable/datasets/generated/elnino.html) ships them.

# %%
import csv
from pathlib import Path

import torch
from torch import nn

lines = Path("elnino.csv").read_text("utf-8").splitlines()
rows = list(csv.reader(lines[2:]))
first_year = int(rows[0][0])
series = torch.tensor([float(value) for row in rows for value in row[1:]])
print(f"{first_year} to {rows[-1][0]}: {len(series)} months, mean {series.mean():.1f} degrees")

# %% unrolled="alt='The temperature month by month: a wave that repeats each year, with higher crests in some years'"
import matplotlib.pyplot as plt

years = first_year + torch.arange(len(series)) / 12
plt.figure(figsize=(7, 2.2))
plt.plot(years, series, linewidth=0.8)
plt.ylabel("degrees")
plt.show()

# %% [markdown]
# ## An origin
#
# A forecast may use what was known when it was made. So choose an *origin*, a month. All before it is for learning, the ten years after it are for judging. Never shuffle a series: neighbours in time tell each other's value.
#
# One number sums up how far off a forecast is: the root of the mean squared error, in degrees.

# %%
def parts(origin):
    start = 12 * (origin - first_year)
    return slice(0, start), slice(start, start + 120)


def error(forecast, period):
    return (forecast - series[period]).square().mean().sqrt().item()


past, future = parts(1990)
print(len(series[past]), "months to learn from,", len(series[future]), "to judge by")

# %% [markdown]
# ## First without a network
#
# Three forecasts that anybody can make. If a network does not beat them, you do not need it.
#
# - **The last value**: next month is as this month.
# - **The month's mean**: next March is as the average March.
# - **A line**: a weighted sum of the last 24 months, with weights by least squares.
#
# Each window is followed by the month that it has to say. The first 24 months have no whole window before them, and what follows the last window is not known. So a series of `n` months gives `n - 24` windows.

# %%
def windows(period, length=24):
    months = range(max(period.start, length), period.stop)
    return torch.stack([series[m - length : m] for m in months]), series[list(months)]


def simple(origin):
    past, future = parts(origin)
    mean = torch.stack([series[past][month::12].mean() for month in range(12)])
    x, y = windows(past)

    def with_one(x):
        return torch.cat([x, torch.ones(len(x), 1)], 1)

    weights = torch.linalg.lstsq(with_one(x.double()), y.double()[:, None]).solution
    line = (with_one(windows(future)[0].double()) @ weights)[:, 0].float()
    return {
        "last value": error(series[future.start - 1 : future.stop - 1], future),
        "month's mean": error(mean.repeat(10), future),
        "line": error(line, future),
    }


origins = [1980, 1990, 2000]
for name, degrees in simple(1990).items():
    print(f"{name:13}{degrees:.2f}")

# %% [markdown]
# The line is hard to beat, and it takes no training: `#!check min(simple(1990), key=simple(1990).get) == "line"`.
#
# Twelve months ahead, the last value known is that of the same month one year before. It has the season right, but it repeats what was unusual about its year: it is off by `#!value round(error(series[future.start - 12 : future.stop - 12], future), 2)` degrees. The month's mean has the season too, and averages away what was unusual in single years: `#!value round(simple(1990)["month's mean"], 2)` degrees. It is the better of the two for the ten years from 1980, 1990 and 2000 on: `#!check all(simple(o)["month's mean"] < error(series[12 * (o - first_year) - 12 :][:120], parts(o)[1]) for o in origins)`.
#
# ## A GRU that reads the whole past
#
# The network gets the series month by month and says the next month at each step. There is one series, so there is no batch: `nn.GRU` takes a single series as well. It says by how much the sea will change, which is easier than saying the temperature itself: with a head of zeros it would already repeat the last value.

# %%
class Forecaster(nn.Module):
    def __init__(self, hidden=16):
        super().__init__()
        self.gru = nn.GRU(1, hidden)
        self.head = nn.Linear(hidden, 1)

    def forward(self, x, state=None):
        out, state = self.gru(x, state)
        return x + self.head(out), state


torch.manual_seed(0)
out, state = Forecaster()(torch.randn(24, 1))
out.shape

# %% [markdown]
# The state of a series without a batch has no batch axis either: `#!shape state: (1, 16)`.
#
# ## Stateful training
#
# Two years at a time. The state at the end of one piece is the start of the next, so the network always knows its past, and `detach()` keeps the gradient within the piece. At the beginning of each pass it starts from nothing again. The last piece may be shorter: a GRU reads any number of steps.
#
# Mean and scale come from the past as well, and serve for the later years too. They belong to the network: on another scale the same number would mean another temperature.

# %% unrolled="timeout=60"
def fit(origin, epochs=40, seed=0):
    past, _ = parts(origin)
    mean, scale = series[past].mean(), series[past].std()
    z = ((series - mean) / scale)[:, None]
    torch.manual_seed(seed)
    model = Forecaster()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for epoch in range(1, epochs + 1):
        state = None
        pieces = z[: past.stop - 1].split(24), z[1 : past.stop].split(24)
        for x, y in zip(*pieces):
            out, state = model(x, state)
            loss = nn.functional.mse_loss(out, y)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            state = state.detach()
        bar = "#" * (20 * epoch // epochs)
        print(f"\r[{bar:.<20}] epoch {epoch}, loss {loss.item():.2f}", end="")
    print()
    with torch.no_grad():
        said = model(z[:-1])[0][:, 0] * scale + mean
    return said


said = fit(1990)

# %% [markdown]
# One pass over the whole series gives a forecast for each month, made with what came before it and nothing else. `said[m - 1]` is the forecast of month `m`.

# %%
def of(said, period):
    return said[period.start - 1 : period.stop - 1]


print(f"GRU          {error(of(said, future), future):.2f}")

# %% [markdown]
# /// question | Which months did the network see while it was trained for 1990?
#     id: gru-walkthrough-seen
#     kind: concept
#     level: easy
#     reviewed: true
#
# Look at what `fit` cuts into pieces, and at what it scales by.
#
# - [ ] All of them
#
#     The forecast reads all, month after month. Training stops at the origin.
#
# - [x] Those before 1990
#
#     The pieces, the mean and the scale come from the past alone.
#
# - [ ] The ten years after 1990
#
#     Those judge it.
#
# //// hint
# Where does `past` end?
# ////
#
# //// solution
# `fit` takes pieces, mean and scale from the months before the origin. Only the forecast at its end reads on, and by then nothing is learned any more.
# ////
# ///
#
# ## More than one origin
#
# One test period is one throw of the dice. Ask at three, with one run of the network for each:

# %% unrolled="timeout=120"
table = {}
for origin in origins:
    period = parts(origin)[1]
    table[origin] = {**simple(origin), "GRU": error(of(fit(origin), period), period)}

# %%
print(" " * 13, *(f"{origin:>6}" for origin in table))
for name in table[1990]:
    print(f"{name:13}", *(f"{table[origin][name]:6.2f}" for origin in table))

# %% [markdown]
# Read the table by columns before you read it by rows. The decades differ more than the better methods do. A network that wins in one column has not won. At every origin, both the line and the GRU beat the last value: `#!check all(max(t["line"], t["GRU"]) < t["last value"] for t in table.values())`.
#
# ## What next
#
# - Forecast twelve months ahead, and put the month's mean beside it again. The [experiment](experiment.md) shows what happens.
# - Train with five seeds, and put the spread into the table. Is the difference between two methods larger than that?
# - Start each piece from zeros in place of the carried state. What does the network lose?
