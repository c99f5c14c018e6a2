"""What all stages speak of: pages, outputs and problems, as frozen data.

Nothing here reads a file or runs code.
"""
