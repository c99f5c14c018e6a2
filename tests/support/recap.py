"""A card and a prompt, with nothing wrong about them."""

CARD = """\
/// card | What does `h_n` hold, *really*?
    id: card-h-n

The last state.
///
"""
SOLUTION = """\
//// solution
It goes on, step by step.
////
"""
EXPLAIN = f"""\
/// explain | How does `h_n` **remember**?
    id: explain-state

Think of one step.

- **Start**: zeros.
- **Input**: one `x`.
- **Output**: the state.

{SOLUTION}///
"""
