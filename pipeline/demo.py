"""The demo: a dataset from code that is here anyway, and from a few packages in more languages.

    python -m pipeline.demo DIR

Everything is read, nothing of it is executed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path
from typing import Any

import click

# name, version, licence, sha256 of the source archive, what it brings
_PACKAGES = (
    (
        "bokeh",
        "3.9.2",
        "BSD-3-Clause",
        "5be30d105b329d7d2ab1cb92f51e6bd44e23f0fe21ab8d49594b220b2ab11632",
    ),  # TypeScript
    (
        "dash",
        "3.2.0",
        "MIT",
        "93300b9b99498f8b8ed267e61c455b4ee1282c7e4d4b518600eec87ce6ddea55",
    ),  # JavaScript
    (
        "feast",
        "0.67.0",
        "Apache-2.0",
        "46f01aa649550e67b00fdf58f9f6dd3679925d908b9bfcac04e3050d49ff5523",
    ),  # Go
    (
        "jpype1",
        "1.6.0",
        "Apache-2.0",
        "2d46b2a14f8f0e6f17d8aa22b4fc3a64b2790851ebf1409ad79a37c698fd6e9a",
    ),  # Java, C++
    (
        "libcst",
        "1.9.0",
        "MIT",
        "087b58a9afe076bb08e2d726478e1f16cb928d67ffa9092817e033c335de522a",
    ),  # Rust
    (
        "lupa",
        "2.8",
        "MIT",
        "d8022641b9ec8ecf2c5ecbe9f47e5a70e0b87c4b5ae921b92cb02a638e0acd08",
    ),  # C, Lua
)
_DOWNLOAD_TIMEOUT_S = 120
_MAX_PACKAGE_BYTES = 2_000_000
_NOT_SOURCES = shutil.ignore_patterns(
    "site-packages", "dist-packages", "__pycache__", "test", "tests", "idlelib"
)


def main() -> None:
    """Gather the sources, build, validate, and say where the shards are."""
    folder = Path(sys.argv[1]).resolve()
    sources, dataset = folder / "sources", folder / "dataset"
    sources.mkdir(parents=True, exist_ok=True)
    _copy_standard_library(sources / "stdlib")
    missing = [
        name for name, version, _, sha256 in _PACKAGES if not _fetch(sources, name, version, sha256)
    ]
    _copy_installed(sources / "installed")
    inputs = [f"--input={sources / name}" for name in ("stdlib", "installed")]
    if len(missing) < len(_PACKAGES):
        inputs.append(f"--input={sources / 'packages'}")
    warpbeam = [sys.executable, "-m", "pipeline"]
    _run([*warpbeam, "build", *inputs, f"--output={dataset}"])
    _run([*warpbeam, "validate", str(dataset), *inputs])
    if missing:
        click.echo(
            f"Note: {', '.join(missing)} could not be downloaded, so the demo has fewer languages."
        )
    click.echo(
        f"The shards are in {dataset / 'data'}; look at some with: "
        f"{sys.executable} -m pipeline show {dataset}"
    )


def _run(command: list[str]) -> None:
    click.echo("$ " + " ".join(command))
    code = subprocess.run(command, check=False).returncode
    if code:
        sys.exit(code)


def _copy_standard_library(target: Path) -> None:
    if not target.exists():
        partial = target.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(sysconfig.get_path("stdlib"), partial, ignore=_NOT_SOURCES, symlinks=True)
        partial.rename(target)


def _copy_installed(target: Path) -> None:
    """Copy the Python sources of the installed packages but for the largest, to keep it short."""
    if target.exists():
        return
    partial = target.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    for package in sorted(Path(sysconfig.get_path("purelib")).iterdir()):
        files = sorted(package.rglob("*.py"))
        if sum(file.stat().st_size for file in files) > _MAX_PACKAGE_BYTES:
            continue
        for file in files:
            copy = partial / package.name / file.relative_to(package)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
    partial.rename(target)


def _fetch(sources: Path, name: str, version: str, sha256: str) -> bool:
    """Download and unpack one source archive; whether it is there."""
    target = sources / "packages" / name
    if target.exists():
        return True
    downloads = sources.parent / "downloads"
    downloads.mkdir(exist_ok=True)
    archive = downloads / f"{name}-{version}.tar.gz"
    if not archive.exists() and not _download(f"{name}=={version}", downloads):
        return False
    found = hashlib.sha256(archive.read_bytes()).hexdigest() if archive.exists() else "nothing"
    if found != sha256:
        click.echo(f"{archive.name}: its sha256 is {found}, not the pinned one; left out", err=True)
        archive.unlink(missing_ok=True)
        return False
    partial = target.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    with tarfile.open(archive) as files:
        # Python 3.11 has filters from 3.11.4 on; what is unpacked is known by its hash.
        safely: Any = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        files.extractall(partial, **safely)
    partial.rename(target)
    return True


def _download(requirement: str, folder: Path) -> bool:
    """Download a source archive without running anything of it, as pip would for its metadata."""
    command = [
        sys.executable,
        "-m",
        "unearth",
        requirement,
        "--no-binary",
        "--download",
        str(folder),
    ]
    index = os.environ.get("PIP_INDEX_URL") or _pip_index()
    if index:
        command += ["--index-url", index]
    click.echo(f"downloading {requirement}")
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_DOWNLOAD_TIMEOUT_S)
    except (subprocess.SubprocessError, OSError) as error:
        click.echo(f"{requirement}: {type(error).__name__}; left out", err=True)
        return False
    return True


def _pip_index() -> str:
    """The package index that pip is set up to use, empty for its default."""
    command = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main()
