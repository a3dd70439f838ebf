import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--prism", default="", help="path of the Prism binary, for tests/portable")
