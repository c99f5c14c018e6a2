"""Markdown in, a `Page` out, with every fault of form as a problem. Nothing is run here."""
