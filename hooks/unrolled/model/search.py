"""What the site's search knows of a page: no answers, and what readers look up comes first."""

from __future__ import annotations

from unrolled.model.mode import Mode

OUT_OF_SEARCH = "data-search-exclude"
"""The attribute by which the theme's search leaves an element out."""
BOOSTS = {
    Mode.CHEATSHEET: 8.0,
    Mode.LEARN: 4.0,
    Mode.DEBUG: 3.0,
    Mode.RECAP: 0.5,
    Mode.PRACTICE: 0.5,
    Mode.CHALLENGE: 0.3,
    Mode.TEST: 0.3,
}
"""How much more a page of a mode counts than others."""
