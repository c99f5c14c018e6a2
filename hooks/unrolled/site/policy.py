"""The Content-Security-Policy of a page: nothing but what the site itself serves, and the theme's own inline scripts by their hashes."""

import base64
import hashlib
import re

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
POLICY = (
    "default-src 'self'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'"
)


def with_policy(page: str, content: str = "") -> str:
    """Return a whole page that states its policy, first thing in its head: a host of static files can seldom send headers.

    Args:
        page: The HTML, as the theme made it.
        content: What of it comes from the page's Markdown: a script in there is not the theme's, and not let in.
    """
    scripts = INLINE.findall(page.replace(content, ""))
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    policy = POLICY.format(hashes=" ".join(sorted({f"'sha256-{digest}'" for digest in hashes})))
    return page.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">', 1)
