"""From a test and the definition it is of to a draft."""

import dataclasses
import json
from collections.abc import Iterable

from transforms.languages.spec import Language, load_languages
from transforms.pair_records import TestedCode
from transforms.records import DraftKey, FileDrafts, FileKey
from transforms.rows import Reason, Reject, Stage, reject_sample
from transforms.samples.admission import Objection, ambiguous, outside, too_long
from transforms.samples.difficulty import Hardness
from transforms.samples.drafting import Drafted
from transforms.samples.drafts import Draft, Piece, Text, digest, pack, render, render_text
from transforms.samples.instructions import Facts, Instruction, Wording, instruct
from transforms.samples.layout import lay_out
from transforms.samples.making import rendered_bytes
from transforms.samples.quality import pair_quality
from transforms.samples.rules import DraftRules
from transforms.samples.splits import VALIDATION, split_of
from transforms.samples.testing.evidence import Claim, Claims, Offer, unpack_offer
from transforms.samples.testing.gathering import TASK
from transforms.samples.tokens import count_tokens

_SHORT_BYTES = 8


def tested_code(offer: Offer, text: bytes) -> str:
    """The text of a definition, below the lines that open what encloses it."""
    headers, parts = (
        [text[start:end].decode().rstrip() for start, end in spans]
        for spans in (offer.headers, offer.parts)
    )
    apart = "\n\n" if any("\n" in part for part in parts) else "\n"
    return "".join(f"{line}\n" for line in [*headers, apart.join(parts)] if line)


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
        pair = _Pair(file, claim, offer, one, text, rules)
        objection = pair.objection()
        if objection is None:
            drafts.append(pair.draft)
            keys.append(pair.key())
        else:
            found = {"task": TASK, "symbol": offer.name, "found": objection.found}
            why = objection.stage, objection.reason, json.dumps(found)
            rejects.append(reject_sample(file, pair.draft.draft_id, *why))
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


class _Pair:
    """A test and what it is of, as a sample."""

    def __init__(
        self,
        file: FileKey,
        claim: Claim,
        offer: Offer,
        tested: TestedCode,
        text: bytes,
        rules: DraftRules,
    ) -> None:
        self._file = file
        self._claim = claim
        self._rules = rules
        self._language = load_languages()[file.language]
        self.split = split_of(file.repo, file.content_key, rules.seed, rules.validation_ratio)
        context = _context(file, claim, offer, tested, text, self._language, rules)
        self.draft = self._made(offer, tested, context, text)
        self._rendered = render(text, self.draft)
        layout = rules.sample_format
        self._laid = lay_out(layout, TASK, self._rendered, self._language.fence)
        self.draft = dataclasses.replace(self.draft, tokens=self._tokens())

    def objection(self) -> Objection | None:
        """Why it may be no sample, if anything."""
        rules, rendered = self._rules, self._rendered
        return (
            too_long(rendered, rules.max_context_chars, rules.max_target_chars)
            or ambiguous(rules.sample_format, TASK, rendered, self._laid)
            or outside(rules.window, self.draft.tokens)
        )

    def key(self) -> DraftKey:
        """What is decided on it by."""
        file, draft = self._file, self.draft
        target_digest = bytes.fromhex(self._claim.target_digest)
        prompt = digest(*self._laid.before)
        return DraftKey(
            draft_id=draft.draft_id,
            task=TASK,
            content_key=file.content_key,
            prompt_digest=digest(prompt, self._rendered.target)[:_SHORT_BYTES],
            # The same test of what has the same name is the same sample, whatever else is shown.
            definition_digest=digest(target_digest, draft.symbol)[:_SHORT_BYTES],
            target_digest=target_digest,
            source=file.source,
            repo=file.repo,
            path=file.path,
            language=file.language,
            split=self.split,
            quality=draft.quality,
            rendered_bytes=rendered_bytes(self._rendered),
        )

    def _tokens(self) -> int:
        tokenizer = self._rules.window.tokenizer
        return count_tokens(tokenizer, self._laid.contents()) if tokenizer else 0

    def _made(self, offer: Offer, tested: TestedCode, context: Text, text: bytes) -> Draft:
        file, claim = self._file, self._claim
        target = (Piece(claim.start, claim.end),)
        said = self._instruction(offer, tested)
        texts = (render_text(text, context), "", render_text(text, target))
        identity = *_place(file, claim), "original", *texts
        hard = Hardness(*offer.hard)
        return Draft(
            draft_id=digest(file.source, file.repo, file.path, *identity).hex(),
            task=TASK,
            variant="original",
            variant_of="",
            origin="human",
            symbol=offer.name,
            code_type=offer.kind,
            quality=pair_quality(claim.grade, offer.grade),
            start_byte=claim.start,
            end_byte=claim.end,
            start_line=claim.start_line,
            end_line=claim.end_line,
            context_path=tested.file.path,
            turn_tasks=(TASK,),
            instruction_id=said.template_id,
            instruction=(said.text,) if said.text else (),
            context=context,
            suffix=(),
            target=target,
            hole="",
            tokens=0,
            **dataclasses.asdict(hard),
        )

    def _instruction(self, offer: Offer, tested: TestedCode) -> Instruction:
        rules, claim = self._rules, self._claim
        if not rules.sample_format.instructs(TASK):
            return Instruction("", "")
        facts = Facts(
            language=self._language.title,
            kind=offer.kind,
            name=offer.name,
            class_name=offer.owner,
            parameters=offer.parameters,
            purpose=offer.purpose,
            file_name=tested.file.path.rpartition("/")[2],
            difficulty=Hardness(*offer.hard).difficulty,
            doc_term=self._language.doc_term,
            lines=claim.end_line - claim.start_line + 1,
        )
        wording = Wording(rules.instruction_split, held_out=self.split == VALIDATION)
        drawn_by = bytes.fromhex(claim.target_digest), offer.name
        return instruct(TASK, facts, rules.seed, *drawn_by, wording=wording)


def _context(
    file: FileKey,
    claim: Claim,
    offer: Offer,
    tested: TestedCode,
    text: bytes,
    language: Language,
    rules: DraftRules,
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
    return context if len(render_text(text, context)) <= rules.max_context_chars else (first,)


def _path_in_repo(file: FileKey) -> str:
    return file.path.removeprefix(f"{file.repo}/")


def _place(file: FileKey, claim: Claim) -> tuple[bytes, str, str]:
    return file.content_key, TASK, f"{claim.start}:{claim.end}"
