"""What runs apart from the build: `server` forks a process for each chain, `chain` runs its cells there, `display` says what they show.

`session` is the other end: it hands jobs to the server and collects what the cells left behind. Only these modules ever import torch.
"""
