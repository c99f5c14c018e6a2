"""What the site's search knows of a page: it tells no answers, and what readers look up is first."""

from __future__ import annotations

from unrolled.model.mode import Mode

OUT_OF_SEARCH = "data-search-exclude"
"""The attribute by which the theme's search leaves an element out."""
BOOSTS = {Mode.CHEATSHEET: 8.0, Mode.LEARN: 4.0, Mode.DEBUG: 3.0}
"""How much more a page of a mode counts than others."""
