"""From a test and the definition it is of to a draft."""

import json
from collections.abc import Iterable, Sequence

from transforms.languages.spec import Language, load_languages
from transforms.pair_records import TestedCode
from transforms.records import DraftKey, FileDrafts, FileKey
from transforms.rows import Reason, Reject, Stage, reject_sample
from transforms.samples.drafting import Drafted, DraftRules, rendered_bytes, too_long
from transforms.samples.drafts import (
    Draft,
    Piece,
    Rendered,
    Text,
    chat,
    digest,
    pack,
    render,
    render_text,
)
from transforms.samples.instructions import Facts, instruct
from transforms.samples.quality import pair_quality
from transforms.samples.splits import split_of
from transforms.samples.testing.evidence import Claim, Claims, Offer, unpack_offer
from transforms.samples.testing.gathering import TASK

_SHORT_BYTES = 8


def tested_code(offer: Offer, text: bytes) -> str:
    """The text of a definition, below the lines that open what encloses it."""
    spans = (*offer.headers, (offer.start, offer.end))
    lines = (text[start:end].decode().rstrip() for start, end in spans)
    return "".join(f"{line}\n" for line in lines if line)


def draft_pairs(
    file: FileKey, claims: Claims, tested: Iterable[TestedCode], text: bytes, rules: DraftRules
) -> Drafted:
    """Make the drafts of a file's tests.

    Args:
      file: of the tests.
      claims: its.
      tested: the definitions that they are of.
      text: the file's decoded source.
      rules: of the build.
    """
    drafts: list[Draft] = []
    keys: list[DraftKey] = []
    rejects: list[Reject] = []
    for one in sorted(tested, key=lambda one: one.claim):
        claim, offer = claims.tests[one.claim], unpack_offer(one.offer)
        if one.failure:
            rejects.append(_changed(file, claim, offer, one))
            continue
        draft = _draft(file, claim, offer, one, text, rules)
        rendered = render(text, draft)
        reason = too_long(rendered, rules)
        if reason is not None:
            found = json.dumps({"task": TASK, "symbol": draft.symbol, "found": reason[1]})
            reject = reject_sample(file, draft.draft_id, Stage.SPLIT, reason[0], found)
            rejects.append(reject)
            continue
        drafts.append(draft)
        keys.append(_key(file, claim, draft, rendered, rules))
    made = len(drafts) + len(rejects)
    return Drafted(FileDrafts(file, 0, made, pack(drafts)), keys, rejects)


def all_changed(file: FileKey, claims: Claims, tested: Iterable[TestedCode], why: str) -> Drafted:
    """What becomes of the pairs of a file of tests that is not what it was."""
    rejects = [
        _changed(file, claims.tests[one.claim], unpack_offer(one.offer), one, why)
        for one in sorted(tested, key=lambda one: one.claim)
    ]
    return Drafted(FileDrafts(file, 0, len(rejects), pack(())), [], rejects)


def _changed(
    file: FileKey, claim: Claim, offer: Offer, tested: TestedCode, why: str = ""
) -> Reject:
    place = *_place(file, claim), tested.file.content_key, f"{offer.start}:{offer.end}"
    draft_id = digest(file.source, file.repo, file.path, *place).hex()
    detail = {"task": TASK, "symbol": offer.name, "found": why or tested.failure}
    if not why:
        detail["context_path"] = tested.file.path
    return reject_sample(file, draft_id, Stage.SPLIT, Reason.CHANGED, json.dumps(detail))


def _draft(
    file: FileKey, claim: Claim, offer: Offer, tested: TestedCode, text: bytes, rules: DraftRules
) -> Draft:
    language = load_languages()[file.language]
    target = (Piece(claim.start, claim.end),)
    context = _context(file, claim, offer, tested, text, language, rules.max_context_chars)
    texts = (render_text(text, context), "", render_text(text, target))
    identity = *_place(file, claim), "original", *texts
    lines = claim.end_line - claim.start_line + 1
    facts = Facts(
        language=language.title,
        kind=offer.kind,
        name=offer.name,
        class_name=offer.owner,
        parameters=offer.parameters,
        purpose=offer.purpose,
        file_name=tested.file.path.rpartition("/")[2],
        difficulty=offer.level,
        doc_term=language.doc_term,
        lines=lines,
    )
    chosen_by = bytes.fromhex(claim.target_digest), offer.name
    return Draft(
        draft_id=digest(file.source, file.repo, file.path, *identity).hex(),
        task=TASK,
        variant="original",
        variant_of="",
        origin="human",
        symbol=offer.name,
        code_type=offer.kind,
        quality=pair_quality(claim.grade, offer.grade),
        difficulty=offer.level,
        start_byte=claim.start,
        end_byte=claim.end,
        start_line=claim.start_line,
        end_line=claim.end_line,
        context_path=tested.file.path,
        turn_tasks=(TASK,),
        instruction=(instruct(TASK, facts, rules.seed, *chosen_by).text,),
        context=context,
        suffix=(),
        target=target,
    )


def _context(
    file: FileKey,
    claim: Claim,
    offer: Offer,
    tested: TestedCode,
    text: bytes,
    language: Language,
    max_chars: int,
) -> Text:
    """The definition, then the test's own file up to the test: imports and what encloses it.

    Both parts begin with a comment that names their file. Where the language has no such comment,
    or there is no room, the definition stands alone.
    """
    mark = language.line_comment
    if not mark:
        return (tested.code,)
    first = f"{mark} {_path_in_repo(tested.file)}\n{tested.code}"
    is_same = tested.file.content_key == file.content_key
    lead = [span for span in claim.lead if not is_same or span[0] >= offer.end]
    if not lead:
        return (first,)
    second = "\n" if is_same else f"\n{mark} {_path_in_repo(file)}\n"
    pieces: list[str | Piece] = []
    for start, end in lead:
        pieces += [Piece(start, end), "" if text[end - 1 : end] == b"\n" else "\n"]
    context = (first, second, *(piece for piece in pieces if piece))
    return context if len(render_text(text, context)) <= max_chars else (first,)


def _path_in_repo(file: FileKey) -> str:
    return file.path.removeprefix(f"{file.repo}/")


def _place(file: FileKey, claim: Claim) -> tuple[bytes, str, str]:
    return file.content_key, TASK, f"{claim.start}:{claim.end}"


def _key(
    file: FileKey, claim: Claim, draft: Draft, rendered: Rendered, rules: DraftRules
) -> DraftKey:
    fence = load_languages()[file.language].fence
    turns: Sequence = chat(rendered, fence)[:-1]
    prompt = digest(*(part for turn in turns for part in (turn.role, turn.content)))
    target_digest = bytes.fromhex(claim.target_digest)
    return DraftKey(
        draft_id=draft.draft_id,
        task=TASK,
        content_key=file.content_key,
        prompt_digest=digest(prompt, rendered.target)[:_SHORT_BYTES],
        # The same test of what has the same name is the same sample, whatever else is shown.
        definition_digest=digest(target_digest, draft.symbol)[:_SHORT_BYTES],
        target_digest=target_digest,
        source=file.source,
        repo=file.repo,
        path=file.path,
        language=file.language,
        split=split_of(file.repo, file.content_key, rules.seed, rules.validation_ratio),
        quality=draft.quality,
        rendered_bytes=rendered_bytes(rendered),
    )
