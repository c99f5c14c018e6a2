# ---
# title: Walk through a list
# description: From letters to a word, step by step.
# outcome: follow a list through a program
# ---

# %% [markdown]
# # Walk through a list
#
# Letter by letter:

# %%
word = []
for letter in "abc":
    word.append(letter)
    print(f"\r{len(word)} of 3 letters", end="")

# %% [markdown]
# Then it is joined. There were `#!value len(word)` letters.

# %%
"".join(word)

# %% unrolled="raises=TypeError"
"".join([1])
