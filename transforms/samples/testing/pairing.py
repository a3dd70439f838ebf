"""From a test and the definition it is of to a draft."""

import dataclasses
import json
from collections.abc import Iterable, Iterator, Sequence

from transforms.languages.spec import load_languages
from transforms.pair_records import TestedCode
from transforms.records import DraftKey, FileDrafts, FileKey
from transforms.rows import Reason, Reject, Stage, reject_sample
from transforms.samples.admission import Objection, ambiguous, outside, too_long
from transforms.samples.choice import unit_interval
from transforms.samples.difficulty import Hardness
from transforms.samples.drafting import Drafted
from transforms.samples.drafts import Draft, Piece, Text, Turn, digest, pack, render, render_text
from transforms.samples.instructions import Facts, Instruction, Wording, instruct
from transforms.samples.layout import lay_out
from transforms.samples.making import rendered_bytes
from transforms.samples.quality import pair_quality
from transforms.samples.rules import DraftRules
from transforms.samples.splits import VALIDATION, split_of
from transforms.samples.testing.evidence import Claim, Claims, Offer, unpack_offer
from transforms.samples.testing.gathering import TASK
from transforms.samples.tokens import count_tokens

CONVERSATION = "multi_turn"
_CONVERSATION_SHARE = 0.5  # of the pairs whose body can be written first
_SHORT_BYTES = 8

_Exchange = tuple[str, Text, Text]  # the task of a turn, its context and target


def tested_code(offer: Offer, text: bytes) -> str:
    """The text of a definition, below the lines that open what encloses it."""
    headers, parts = (
        [text[start:end].decode().rstrip() for start, end in spans]
        for spans in (offer.headers, offer.parts)
    )
    apart = "\n\n" if any("\n" in part for part in parts) else "\n"
    return "".join(f"{line}\n" for line in [*headers, apart.join(parts)] if line)


def body_chars(offer: Offer, text: bytes) -> int:
    """How many of the last characters of a definition's text are its body; 0 where unknown."""
    return len(text[offer.body_start : offer.end].decode().rstrip()) + 1 if offer.body_start else 0


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
        for exchanges in _exchanges(file, claim, offer, one, text, rules):
            pair = _Pair(file, claim, offer, one, text, rules, exchanges)
            objection = pair.objection()
            if objection is None:
                drafts.append(pair.draft)
                keys.append(pair.key())
            else:
                found = {"task": pair.draft.task, "symbol": offer.name, "found": objection.found}
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


def _exchanges(
    file: FileKey, claim: Claim, offer: Offer, tested: TestedCode, text: bytes, rules: DraftRules
) -> Iterator[list[_Exchange]]:
    """Yield the turns of each sample of a pair: the test, and for some a conversation as well.

    It writes the body first, and then the test.
    """
    test = (Piece(claim.start, claim.end),)
    code, lead = _parts(file, claim, offer, tested, text)
    if len(render_text(text, (code, *lead))) > rules.max_context_chars:
        lead = ()
    yield [(TASK, (code, *lead), test)]
    drawn = unit_interval(rules.seed, bytes.fromhex(claim.target_digest), offer.name, CONVERSATION)
    if tested.body_chars and drawn < _CONVERSATION_SHARE:
        task = "method_completion" if offer.owner else "function_completion"
        header, body = code[: -tested.body_chars], code[-tested.body_chars :].rstrip()
        yield [(task, (header,), (body,)), (TASK, _opened(lead), test)]


def _opened(lead: Text) -> Text:
    """The beginning of a test's file where it stands by itself, without the blank line before."""
    if lead and isinstance(lead[0], str):
        first = lead[0].lstrip("\n")
        return (first, *lead[1:]) if first else lead[1:]
    return lead


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
        exchanges: list[_Exchange],
    ) -> None:
        self._file = file
        self._claim = claim
        self._rules = rules
        self._language = load_languages()[file.language]
        self._task = TASK if len(exchanges) == 1 else CONVERSATION
        self.split = split_of(file.repo, file.content_key, rules.seed, rules.validation_ratio)
        self.draft = self._made(offer, tested, exchanges, text)
        self._rendered = render(text, self.draft)
        layout = rules.sample_format
        self._laid = lay_out(layout, self._task, self._rendered, self._language.fence)
        self.draft = dataclasses.replace(self.draft, tokens=self._tokens())

    def objection(self) -> Objection | None:
        """Why it may be no sample, if anything."""
        rules, rendered = self._rules, self._rendered
        return (
            too_long(rendered, rules.max_context_chars, rules.max_target_chars)
            or ambiguous(rules.sample_format, self._task, rendered, self._laid)
            or outside(rules.window, self.draft.tokens)
        )

    def key(self) -> DraftKey:
        """What is decided on it by."""
        file, draft = self._file, self.draft
        target_digest = bytes.fromhex(self._claim.target_digest)
        if self._task != TASK:
            target_digest = digest(self._task, target_digest)
        prompt = digest(*self._laid.before)
        return DraftKey(
            draft_id=draft.draft_id,
            task=draft.task,
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

    def _made(
        self, offer: Offer, tested: TestedCode, exchanges: list[_Exchange], text: bytes
    ) -> Draft:
        file, claim = self._file, self._claim
        asked = self._asked(offer, tested, [task for task, _, _ in exchanges])
        turns: list[Turn] = [
            ((said.text,) if said.text else (), context, (), target)
            for said, (_, context, target) in zip(asked, exchanges, strict=True)
        ]
        texts = [render_text(text, part) for turn in turns for part in turn[1:]]
        key, task, place = _place(file, claim, self._task)
        instruction, context, suffix, target = turns[-1]
        return Draft(
            draft_id=digest(
                file.source, file.repo, file.path, key, task, place, "original", *texts
            ).hex(),
            task=task,
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
            turn_tasks=tuple(task for task, _, _ in exchanges),
            instruction_id=asked[-1].template_id,
            instruction=instruction,
            context=context,
            suffix=suffix,
            target=target,
            earlier=tuple(turns[:-1]),
            hole="",
            tokens=0,
            **dataclasses.asdict(Hardness(*offer.hard)),
        )

    def _asked(self, offer: Offer, tested: TestedCode, tasks: Sequence[str]) -> list[Instruction]:
        """The instruction of each turn; what opens a conversation stands before the first."""
        rules, claim = self._rules, self._claim
        if not rules.sample_format.instructs(self._task):
            return [Instruction("", "")] * len(tasks)
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
        drawn_by = rules.seed, bytes.fromhex(claim.target_digest), offer.name
        if len(tasks) == 1:
            return [instruct(tasks[0], facts, *drawn_by, wording=wording)]
        opener = instruct(CONVERSATION, facts, *drawn_by, wording=wording).text
        bare = Facts(language=facts.language, kind=facts.kind, name=facts.name)
        first, *others = (
            instruct(task, bare, *drawn_by, wording=wording, later=number > 0)
            for number, task in enumerate(tasks)
        )
        return [dataclasses.replace(first, text=f"{opener} {first.text}"), *others]


def _parts(
    file: FileKey, claim: Claim, offer: Offer, tested: TestedCode, text: bytes
) -> tuple[str, Text]:
    """The definition; and the test's own file up to the test: imports and what encloses it.

    Both begin with a comment that names their file. Where the language has no such comment, the
    definition stands alone.
    """
    mark = load_languages()[file.language].line_comment
    if not mark:
        return tested.code, ()
    first = f"{mark} {_path_in_repo(tested.file)}\n{tested.code}"
    is_same = tested.file.content_key == file.content_key
    lead = [span for span in claim.lead if not is_same or span[0] >= offer.end]
    if not lead:
        return first, ()
    second = "\n" if is_same else f"\n{mark} {_path_in_repo(file)}\n"
    pieces: list[str | Piece] = []
    for start, end in lead:
        pieces += [Piece(start, end), "" if text[end - 1 : end] == b"\n" else "\n"]
    return first, (second, *(piece for piece in pieces if piece))


def _path_in_repo(file: FileKey) -> str:
    return file.path.removeprefix(f"{file.repo}/")


def _place(file: FileKey, claim: Claim, task: str = TASK) -> tuple[bytes, str, str]:
    return file.content_key, task, f"{claim.start}:{claim.end}"
