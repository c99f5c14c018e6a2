"""Sites to build: made-up ones of any size, and the project's own, each for several tools."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml
from mkdocs.utils.yaml import get_yaml_loader

PROJECT = Path(__file__).resolve().parents[2]
EXTENSIONS = ["admonition", "attr_list", "tables", "pymdownx.highlight", "pymdownx.superfences"]
OURS, PLAIN, EXEC = "unrolled", "plain MkDocs", "markdown-exec"
CELLS = 10
PROSE = "A recurrent layer reads one step after the other, and keeps a state between them. " * 3
CODE = """import torch
from torch import nn
torch.manual_seed({seed})
x = torch.randn(3, {steps}, 4)
output, h_n = nn.RNN(4, 8, batch_first=True)(x)
print(output.shape, round(output.sum().item(), 3))"""
NEXT = "y = x.cumsum(1) + {n}\nprint(y.shape, round(y[0, -1].sum().item(), 3))"


def made_up(root: Path, tool: str, pages: int) -> Path:
    """Write a site of pages of ten cells each, one chain a page, and return its folder."""
    docs = root / "docs"
    docs.mkdir(parents=True)
    for page in range(pages):
        (docs / f"page-{page:03}.md").write_text(_page(tool, page), "utf-8")
    (docs / "index.md").write_text("# Home\n\nWhere it begins.\n", "utf-8")
    settings: dict[str, Any] = {
        "site_name": "Pages",
        "site_url": "http://127.0.0.1:8000/",
        "theme": {"name": "material", "font": False},
        "plugins": ["search"],
        "markdown_extensions": list(EXTENSIONS),
    }
    if tool == OURS:
        settings["plugins"].append("unrolled")
        settings["markdown_extensions"].append("unrolled")
    if tool == EXEC:
        settings["plugins"].append("markdown-exec")
    (root / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    return root


def _page(tool: str, page: int) -> str:
    parts = [f"# Page {page}\n\n{PROSE}"]
    for n in range(CELLS):
        code = NEXT.format(n=n) if n else CODE.format(seed=page, steps=5 + page % 7)
        parts.append(f"## Part {n}\n\n{PROSE}\n\n{_fence(tool, page, n)}\n{code}\n```")
    return "\n\n".join(parts) + "\n"


def _fence(tool: str, page: int, n: int) -> str:
    if tool == OURS:
        return "```{.python continuation}" if n else "```python"
    return f'```python exec="on" source="above" session="{page}"' if tool == EXEC else "```python"


def own(root: Path, tool: str) -> Path:
    """Copy the project's site, without what its cells gave, and return its folder.

    For plain MkDocs, the plugin, its extension and its theme are left out.
    """
    shutil.copytree(PROJECT / "docs", root / "docs")
    settings = (PROJECT / "mkdocs.yml").read_text("utf-8")
    if tool == OURS:
        shutil.copytree(PROJECT / "tests/recorded", root / "tests/recorded")
    else:
        said = yaml.load(settings, Loader=get_yaml_loader())  # noqa: S506 - MkDocs' own loader
        said["theme"] = {**said["theme"], "name": "material"}
        for key in ("extra_css", "extra_javascript", "validation"):
            said.pop(key)
        for key in ("plugins", "markdown_extensions"):
            said[key] = [each for each in said[key] if each != OURS]
        settings = yaml.safe_dump(said)
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    return root
