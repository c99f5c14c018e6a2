"""Copies of a page that are run together give what each gives alone."""

from support.page import cell
from support.sites import WriteSite
from unrolled.blocks import KINDS
from unrolled.read import plan
from unrolled.site import together
from unrolled.site.place import load

CODE = """
x = [1, 2, 3]
x.append(4)  # len(x): 4
total = sum(x)
"""
SAID = "It is `#!value total`, and `#!check total > 9`.\n\n"
CLAIMS = ("#!value total", "#!value x[-1]", "#!value max(x, default=0)", "#!value missing")


def test_copies_that_differ_in_claims_give_what_each_gives_alone(write_site: WriteSite) -> None:
    site = load(write_site({"index.md": "# Nothing"}) / "mkdocs.yml")
    text = cell(CODE) + SAID + cell("x = x[:2]", "continuation") + "`#!check len(x) == 2`\n"
    texts = [text.replace("#!value total", claim) for claim in CLAIMS]
    texts += [text.replace("len(x): 4", "len(x): 5"), text.replace("[:2]", "[:1]")]
    copies = [plan.plan("docs/index.md", each, KINDS) for each in texts]
    shared, alone = site.engine(forgets=False), site.engine(forgets=False)
    try:
        given = together.run(copies, shared)
        ran = shared.executed
        assert [each.runs for each in given] == [each.runs for each in alone.run(copies)]
    finally:
        shared.close()
        alone.close()
    # All that differ in claims run once; other code runs by itself.
    assert ran == 2
