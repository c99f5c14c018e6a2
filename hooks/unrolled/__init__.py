"""Unrolled: Markdown in, plan, run, prove, render, out.

The way of the data, by module: `source` reads a page's Markdown, `plan` turns it into a `page.Page`, `engine` runs what is stale (through
`cache` and `run/`), `judge` proves the results, `recorded` compares them with what was reviewed, `render/` makes the HTML.
"""
