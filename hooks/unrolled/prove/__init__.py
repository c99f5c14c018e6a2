"""A page and its runs in, problems out: what the runs refute, and what nothing proves."""
