"""What drafting and rendering need to know of a build's options."""

import dataclasses

from transforms.samples.caps import Caps
from transforms.samples.layout import SampleFormat
from transforms.samples.windows import Window
from transforms.sources.inputs import Input


@dataclasses.dataclass(frozen=True, slots=True)
class DraftRules:
    """The options of drafts.

    Attributes:
      instruction_split: share of each task's phrasings that only validation has.
      describe_bugs: whether instructions to debug say what kind of bug there is.
      synthetic_tests: whether stubs of tests are made by a rule.
    """

    inputs: tuple[Input, ...]
    max_file_bytes: int
    max_context_chars: int
    max_target_chars: int
    caps: Caps
    seed: int
    validation_ratio: float
    instruction_split: float
    describe_bugs: bool = False
    synthetic_tests: bool = False
    sample_format: SampleFormat = dataclasses.field(default_factory=SampleFormat)
    window: Window = dataclasses.field(default_factory=Window)
