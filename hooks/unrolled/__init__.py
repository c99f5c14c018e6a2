"""Unrolled: prove that what Markdown pages say about PyTorch is what torch does.

The public API is the module `unrolled.api`; importing this package alone imports nothing else.
"""
