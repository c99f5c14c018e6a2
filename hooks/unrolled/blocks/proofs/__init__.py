"""The page of proofs, `/// proofs`.

Every claim and item on the site that is proved, how, and the totals.
"""

from unrolled.blocks.proofs import html
from unrolled.model.kind import BlockKind

KINDS = (BlockKind(name="proofs", html=html.ProofsBlock),)
