"""A page and its runs in, HTML out: a Python-Markdown extension.

A page needs it and nothing else.
"""
