"""The files beside a page that its cells read: a notebook brings them along."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from unrolled.model.page import Page
from unrolled.run.page_files import files

LARGEST = 512 * 1024
"""Bytes of a file that is brought along; a larger one is for the reader to download."""


def read_by(code: str, folder: Path) -> Iterator[Path]:
    """Yield the files in a page's folder that code names, modules that it imports included."""
    if not folder.is_dir():
        return
    for file in files(folder):
        named = file.name in code
        imported = file.suffix == ".py" and re.search(
            rf"^\s*(?:import|from)\s+{re.escape(file.stem)}\b", code, re.MULTILINE
        )
        if named or imported:
            yield file


def digests(page: Page) -> Iterator[str]:
    """Yield the digests of the files that the page's notebook brings along."""
    code = "\n".join(cell.code for cell in page.cells)
    for file in read_by(code, Path(page.folder)) if page.folder else ():
        yield hashlib.sha256(file.read_bytes()).hexdigest()


def writing(file: Path) -> str:
    """Return code that writes a file where a notebook runs, unless it is there."""
    content = file.read_bytes()
    head = f"# {file.name} stands beside the page. It is written here, so that nothing is missing."
    if len(content) > LARGEST:
        return f"# Download {file.name} from the page's folder, and put it beside this notebook."
    begin = [head, "from pathlib import Path", "", f"if not Path({file.name!r}).exists():"]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        coded = base64.b64encode(content).decode()
        call = f"    Path({file.name!r}).write_bytes(base64.b64decode({coded!r}))"
        return "\n".join([*begin[:1], "import base64", *begin[1:], call])
    if '"""' in text or "\\" in text or "\r" in text or text.endswith('"'):
        return "\n".join([*begin, f"    Path({file.name!r}).write_text({text!r}, 'utf-8')"])
    return "\n".join([*begin, f'    Path({file.name!r}).write_text("""\\', f'{text}""", "utf-8")'])
