"""From a draft that was taken to its row."""

from transforms.languages.spec import load_languages
from transforms.records import FileKey
from transforms.rows import Row
from transforms.samples.difficulty import RANK_SCALE
from transforms.samples.drafts import Draft, render
from transforms.samples.layout import SampleFormat, lay_out

_SCALE = 10_000


def row_of(
    draft: Draft, file: FileKey, text: bytes, split: str, sample_format: SampleFormat
) -> Row:
    """Render a draft into its row."""
    rendered = render(text, draft)
    fence_name = load_languages()[file.language].fence
    laid = lay_out(sample_format, draft.task, rendered, fence_name)
    return Row(
        id=draft.draft_id,
        task=draft.task,
        variant=draft.variant,
        variant_of=draft.variant_of,
        origin=draft.origin,
        messages=laid.messages,
        prompt=laid.prompt,
        completion=laid.completion,
        text=laid.text,
        instruction=rendered.instruction,
        context=rendered.context,
        suffix=rendered.suffix,
        target=rendered.target,
        language=file.language,
        symbol=draft.symbol,
        code_type=draft.code_type,
        quality_score=draft.quality / _SCALE,
        file_quality=file.quality / _SCALE,
        split=split,
        difficulty=draft.difficulty,
        source=file.source,
        repo=file.repo,
        path=file.path,
        revision=file.revision,
        license=file.license,
        context_path=draft.context_path,
        content_key=file.content_key.hex(),
        start_byte=draft.start_byte,
        end_byte=draft.end_byte,
        start_line=draft.start_line,
        end_line=draft.end_line,
        container=file.container,
        redactions=0,
        turn_tasks=draft.turn_tasks,
        complexity=draft.complexity,
        nesting=draft.nesting,
        definition_lines=draft.definition_lines,
        curriculum_rank=draft.curriculum_rank / RANK_SCALE,
        instruction_id=draft.instruction_id,
        mutation=draft.mutation,
        hole=draft.hole,
        tokens=draft.tokens,
    )
