"""What tests share.

The way from Markdown to problems and HTML, sites in temporary folders, and samples of each kind
of block.
"""
