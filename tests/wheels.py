"""Small wheels in a folder, for a set-up that needs no internet."""

import hashlib
import zipfile
from pathlib import Path

META = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
WHEEL = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
BACKEND = f"""\
import zipfile

def build_editable(folder, settings=None, metadata=None):
    name = "demo-1.0-py3-none-any.whl"
    with zipfile.ZipFile(f"{{folder}}/{{name}}", "w") as wheel:
        head = {META.format(name="demo", version="1.0")!r}
        wheel.writestr("demo-1.0.dist-info/METADATA", head + "Requires-Dist: torch==2.13.0\\n")
        wheel.writestr("demo-1.0.dist-info/WHEEL", {WHEEL!r})
        wheel.writestr("demo-1.0.dist-info/RECORD", "")
    return name
"""
"""What stands in for setuptools: it installs a project `demo`, which needs torch, editable."""


def write(folder: Path, name: str, version: str, files: dict[str, str]) -> str:
    """Write a wheel with these files; return the line of a lock that asks for it."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        for file, text in files.items():
            wheel.writestr(file, text)
        wheel.writestr(f"{info}/METADATA", META.format(name=name, version=version))
        wheel.writestr(f"{info}/WHEEL", WHEEL)
        wheel.writestr(f"{info}/RECORD", "")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{name}=={version} \\\n    --hash=sha256:{digest}\n"
