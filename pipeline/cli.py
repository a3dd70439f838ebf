"""The command line.

Beam is imported only when a build starts, so that help and mistakes are answered at once.
"""

import dataclasses
import itertools
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from pipeline import __version__
from pipeline.options import BuildOptions, read_config


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="warpbeam")
def main() -> None:
    """Turn raw source files into an instruction-tuning dataset."""


def _build_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command one option for each field of BuildOptions."""
    for field in reversed(dataclasses.fields(BuildOptions)):
        unset = field.default is dataclasses.MISSING or field.default is None
        rule = field.metadata.get("rule")
        command = click.option(
            f"--{field.name}",
            type=field.metadata["kind"],
            is_flag=field.metadata["kind"] is bool,
            multiple=field.metadata.get("several", False),
            default=None if unset else field.default,
            show_default=not unset,
            help=field.metadata["help"] + (f" It {rule.text}." if rule else ""),
        )(command)
    return command


@main.command()
@_build_options
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False),
    help="TOML file of options; these here win.",
)
@click.argument("beam_args", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def build(
    context: click.Context, /, config: str | None, beam_args: tuple[str, ...], **values: Any
) -> None:
    """Build a dataset. What follows `--` goes to Beam as it is.

    \b
      warpbeam build --input ~/repos --output dataset
      warpbeam build --input ~/repos --output dataset -- --runner=PrismRunner
    """  # noqa: D301  # click keeps the lines after a real backspace
    _check_beam_args(beam_args)
    options = _wrong_use(lambda: _options(context, config, values))
    logging.getLogger().setLevel(logging.ERROR)  # Beam warns of what it cannot use and we do not
    from pipeline.build import run_build  # it imports Beam
    from pipeline.errors import BuildError
    from pipeline.summary import print_summary

    try:
        built = _wrong_use(lambda: run_build(options, beam_args))
    except BuildError as error:
        raise click.ClickException(str(error)) from error
    from rich.console import Console

    print_summary(built, options.output, Console())
    if not built["accounting"]["rows_written"]:
        raise click.ClickException("no row came out; rejects/ in the output says why")


@main.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False))
@click.option(
    "--input", "inputs", multiple=True, help="What the dataset was built from, as [LABEL=]PATH."
)
def validate(directory: str, inputs: tuple[str, ...]) -> None:
    """Re-check every promise of a dataset; exit 1 where one fails."""
    from pipeline.validate.judge import run

    sys.exit(_wrong_use(lambda: run(Path(directory), inputs)))


@main.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False))
@click.option("--task", help="Only samples of this task.")
@click.option("--language", help="Only samples in this language.")
@click.option("--path", help="Only samples of files whose path contains this.")
@click.option("--id", "row_id", help="Only the sample whose id begins so.")
@click.option(
    "--count", default=3, show_default=True, type=click.IntRange(1), help="How many samples."
)
@click.option("--seed", default=0, show_default=True, help="Which samples: another seed, others.")
def show(directory: str, count: int, seed: int, **wanted: str | None) -> None:
    """Look at samples of a dataset in the terminal."""
    from pipeline.show import show_samples

    wanted["id"] = wanted.pop("row_id")
    found = _wrong_use(lambda: show_samples(Path(directory), wanted, count, seed))
    if not found:
        raise click.ClickException("no such sample")


@main.command()
@click.option("--markdown", is_flag=True, help="Only those with structure, as README has them.")
def languages(markdown: bool) -> None:
    """What is supported for each language."""
    from pipeline.languages import languages_table, markdown_table

    click.echo(markdown_table() if markdown else languages_table())


@main.command()
@click.argument("files", nargs=-1, required=True)
def outline(files: tuple[str, ...]) -> None:
    """What the parser sees in FILES, one JSON line a file.

    `-` reads file names from standard input.
    """
    from pipeline.outline import outline_lines

    names = ((line.rstrip("\n") for line in sys.stdin) if f == "-" else (f,) for f in files)
    for line in outline_lines(itertools.chain.from_iterable(names)):
        click.echo(line)


def _options(context: click.Context, config: str | None, values: dict[str, Any]) -> BuildOptions:
    """Options of the command line over those of the file over defaults."""
    merged = dict(values)
    if config is not None:
        for name, value in read_config(Path(config)).items():
            if context.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
                merged[name] = value
    if merged["output"] is None:
        raise ValueError("output: must be given, here or in the configuration")
    return BuildOptions(**merged)


def _check_beam_args(beam_args: tuple[str, ...]) -> None:
    if beam_args and "--" not in sys.argv:
        raise click.UsageError(f"unexpected argument {beam_args[0]!r}; options of Beam follow `--`")


def _wrong_use(action: Callable[[], Any]) -> Any:
    """Run something whose ValueError means that the user was wrong."""
    try:
        return action()
    except ValueError as error:
        raise click.UsageError(str(error)) from error
