"""Chains in, outputs out.

Each chain in a process of its own, forked from one that has torch imported; what they gave is
cached.
"""
