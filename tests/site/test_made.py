"""What is made of pages is kept until they change, and what is kept can do no harm."""

import dataclasses
import json
import os
import pickle
from base64 import b64encode
from pathlib import Path

import pytest

from support.page import planned
from support.sites import WriteSite
from unrolled.model.runs import PageRuns
from unrolled.prove import page as proofs
from unrolled.read import plan
from unrolled.run.engine import Engine
from unrolled.run.entries import Entries
from unrolled.site import plans, proved
from unrolled.site.check import prove
from unrolled.site.made import Made

PAGE = (
    "# A page\n\n```python\nprint(1 + 1)\n```\n\n/// card | What?\n    id: what\n\nThat.\n\n///\n"
)


def test_a_page_is_planned_once_for_the_same_text(
    write_site: WriteSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_site({"page.md": PAGE})
    files = [root / "docs/page.md"]
    before = plans.read(files, root, root / ".cache")
    with monkeypatch.context() as idle:
        idle.setattr(plan, "of_file", lambda *_: pytest.fail("it was planned again"))
        assert plans.read(files, root, root / ".cache") == before
    files[0].write_text(PAGE.replace("1 + 1", "1 + 2"), "utf-8")
    (after,) = plans.read(files, root, root / ".cache")
    assert after.cells[0].code == "print(1 + 2)"


@pytest.mark.parametrize("forged", [os.getcwd, Path("x"), print, {"no": "page"}])
def test_a_plan_that_is_none_is_made_anew(write_site: WriteSite, forged: object) -> None:
    """A kept plan may have been written by anyone who can write to the folder."""
    root = write_site({"page.md": PAGE})
    files = [root / "docs/page.md"]
    (before,) = plans.read(files, root, root / ".cache")
    folder = root / ".cache/made"
    (kept,) = folder.rglob("*.json")
    text = json.dumps(b64encode(pickle.dumps(forged)).decode())
    Entries(folder).put(kept.stem, text)
    assert plans.read(files, root, root / ".cache") == [before]


def test_nothing_kept_is_called(write_site: WriteSite) -> None:
    root = write_site({"page.md": PAGE})
    files = [root / "docs/page.md"]
    plans.read(files, root, root / ".cache")
    folder = root / ".cache/made"
    (kept,) = folder.rglob("*.json")
    text = json.dumps(b64encode(pickle.dumps(_Writes(root / "called"))).decode())
    Entries(folder).put(kept.stem, text)
    plans.read(files, root, root / ".cache")
    assert not (root / "called").exists()


class _Writes:
    """Makes a folder when it is read as a pickle."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.folder),)


FALSE = "# A page\n\n```python\nn = 1 + 1\n```\n\nIt is three `#!check n == 3`.\n"


def test_a_page_is_proved_once_for_the_same_text_and_runs(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Made(tmp_path)
    (ran,), found = prove([planned(FALSE)], engine, made=made)
    assert [str(problem) for problem in found] == [str(each) for each in proofs.problems(ran)]
    assert len(found) == 1
    with monkeypatch.context() as idle:
        idle.setattr(proofs, "problems", lambda _: pytest.fail("it was proved again"))
        assert prove([planned(FALSE)], engine, made=made)[1] == found
    true = planned(FALSE.replace("== 3", "== 2").replace("three", "two"))
    assert prove([true], engine, made=made)[1] == []
    otherwise = PageRuns(ran.page, tuple(dataclasses.replace(run, outputs=()) for run in ran.runs))
    assert proved.problems([otherwise], made) == [*proofs.problems(otherwise)] != found


@pytest.mark.parametrize(
    "forged", [None, {}, [{}], {"problems": [{"code": "no code"}]}, {"problems": ["none"]}]
)
def test_what_was_kept_of_a_proof_and_is_none_is_proved_anew(
    tmp_path: Path, engine: Engine, forged: object
) -> None:
    made = Made(tmp_path)
    _, found = prove([planned(FALSE)], engine, made=made)
    (kept,) = tmp_path.rglob("*.json")
    Entries(tmp_path / "made").put(kept.stem, json.dumps(forged))
    assert prove([planned(FALSE)], engine, made=made)[1] == found


def test_what_is_damaged_is_made_again(tmp_path: Path) -> None:
    made = Made(tmp_path)
    assert made.value("sum", ("1", "2"), lambda: 3) == 3
    assert made.value("sum", ("1", "2"), lambda: 4) == 3
    (kept,) = tmp_path.rglob("*.json")
    kept.write_text(kept.read_text("utf-8").replace("3", "5"), "utf-8")
    assert made.value("sum", ("1", "2"), lambda: 6) == 6


def test_what_cannot_be_kept_is_made_each_time(tmp_path: Path) -> None:
    (tmp_path / "made").write_text("a file where the folder should be", "utf-8")
    made = Made(tmp_path)
    assert made.value("sum", (), lambda: 1) == 1
    assert made.value("sum", (), lambda: 2) == 2
