"""The graph on Prism, a real Beam job service, with a pool of workers in processes of their own."""

import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.corpora import write_corpus


@pytest.fixture
def prism(request: pytest.FixtureRequest) -> str:
    path = request.config.getoption("--prism")
    if not path:
        pytest.skip("SKIPPED: no --prism; make test-portable installs it where there is Go")
    return os.path.abspath(path)


@pytest.fixture
def worker_pool() -> Iterator[str]:
    """Address of a running worker pool; its workers are processes of their own."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "apache_beam.runners.worker.worker_pool_main"]
    pool = subprocess.Popen(
        [*command, f"--service_port={port}"],
        # It starts its workers as "python", whichever comes first on the path.
        env={**os.environ, "PATH": f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("localhost", port)) == 0:
                    break
            time.sleep(0.2)
        yield f"localhost:{port}"
    finally:
        pool.terminate()
        pool.wait(30)


def contents(output: Path) -> dict[str, str]:
    return {
        str(path.relative_to(output)): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("data", "files", "duplicates", "rejects")
        for path in sorted((output / folder).iterdir())
    }


def build(corpus: Path, output: Path, *beam_args: str) -> None:
    command = [sys.executable, "-m", "pipeline", "build", f"--input=in={corpus}"]
    command += [f"--output={output}", "--validation_ratio=0.5", "--target_per_language=300"]
    done = subprocess.run([*command, "--", *beam_args], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-4000:]


def test_prism_with_external_workers_writes_the_bytes_of_a_local_run(
    prism: str, worker_pool: str, tmp_path: Path
) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    build(corpus, tmp_path / "local")
    build(
        corpus,
        tmp_path / "portable",
        "--runner=PrismRunner",
        f"--prism_location={prism}",
        "--environment_type=EXTERNAL",
        f"--environment_config={worker_pool}",
    )
    local = contents(tmp_path / "local")
    assert len(local) >= 4
    assert contents(tmp_path / "portable") == local
