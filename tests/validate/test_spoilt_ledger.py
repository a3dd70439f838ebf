"""Tables that break promises 1, 5, 6, 8 and 9 are found out."""

import json

import pytest

from tests.validate import corpus, honest
from tests.validate.corpus import digest
from tests.validate.honest import Made
from tests.validate.settling import settle, write
from tests.validate.spoiling import Spoil, failing, put, put_text
from transforms.similarity.shingles import jaccard, shingle_sets


def add_row_copy(made: Made) -> None:
    row = made.row("line_completion")
    made.rows.append(row | {"id": digest(b"copy"), "quality_score": 0.6})
    made.file("top.c")["samples_made"] += 1


def repeat_row_id(made: Made) -> None:
    tool = made.row("line_completion")
    fresh = honest.sample("top.c", "line_completion", "return", ";", "before", quality_score=0.6)
    made.rows.append(fresh | {"symbol": "", "code_type": "", "id": tool["id"]})
    made.file("top.c")["samples_made"] += 1


def add_line(made: Made, start: str, **columns: object) -> corpus.Record:
    """One more line completion of top.c."""
    row = honest.sample("top.c", "line_completion", start, ";", "before", quality_score=0.6)
    made.rows.append(row | {"symbol": "", "code_type": ""} | columns)
    made.file("top.c")["samples_made"] += 1
    return made.rows[-1]


def add_row_with_other_white_space(made: Made) -> None:
    """A row that differs from another by a blank line alone."""
    first = made.row("line_completion")
    row = add_line(made, "return")
    put_text(row, context=first["context"].replace("\n", " \n\n", 1), target=first["target"])
    put(row, start_byte=first["start_byte"], end_byte=first["end_byte"])
    put(row, start_line=first["start_line"], end_line=first["end_line"])


def repeat_target(made: Made) -> None:
    """Three rows of a task with one target, of which two may be."""
    for name in ("more", "again"):
        row = add_line(made, "puts(", id=digest(name.encode()))
        put_text(row, instruction=f"Do it {name}.")


def repeat_target_of_rejected(made: Made, **values: object) -> None:
    """The sample that was rejected was one too many with its target."""
    detail = json.dumps({"same_target_as": made.row("line_completion")["id"]})
    put(made.reject("gamma/tool.py"), stage="sample_dedup", reason="repeated_target")
    put(made.reject("gamma/tool.py"), detail=detail)
    put(made.reject("gamma/tool.py"), **values)


def swap_sample_and_survivor(made: Made) -> None:
    """Of two samples of one quality the one with the smaller id stays."""
    copy = made.duplicate("exact", "sample")
    put(copy, id="0" * 32, quality=copy["survivor_quality"])


def lose_survivors(made: Made) -> None:
    """Two samples name survivors that are nowhere, and one sample is over the target."""
    copy = made.duplicate("exact", "sample")
    put(copy, survivor_id=digest(b"nowhere"), survivor_quality=0.56, quality=0.55)
    made.duplicates.append(copy | {"id": digest(b"another"), "survivor_id": digest(b"no")})
    made.file("gamma/tool.py")["samples_made"] += 1


def used_near_duplicate(made: Made) -> None:
    """Dedup missed beta/near.py."""
    near = made.duplicate("near")
    made.duplicates.remove(near)
    used = made.file("beta/text.go") | {
        "path": "beta/near.py",
        "content_key": near["id"],
        "language": "python",
        "file_quality": near["quality"],
        "samples_made": 0,
        "size_bytes": len(corpus.FILES["beta/near.py"]),
    }
    made.files.append(used)


def used_near_duplicate_across(made: Made) -> None:
    used_near_duplicate(made)
    for record in (*made.files, *made.rows):
        if record["repo"] == "beta":
            record["split"] = "validation"


def swap_survivor(made: Made) -> None:
    """The near duplicate names a file that it does not resemble."""
    go = made.file("beta/text.go")
    near = made.duplicate("near")
    put(near, survivor_path=go["path"], survivor_repo=go["repo"], survivor_id=go["content_key"])
    put(near, survivor_quality=go["file_quality"], quality=0.7)


def far_survivor(made: Made) -> None:
    """The similarity is right and below the threshold."""
    swap_survivor(made)
    texts = [corpus.FILES["beta/near.py"], corpus.GO.encode()]
    put(made.duplicate("near"), similarity=jaccard(*shingle_sets(texts)))


def chain(made: Made) -> None:
    """The exact copy names the near duplicate, which is itself removed."""
    near, exact = made.duplicate("near"), made.duplicate("exact")
    put(exact, kind="near", survivor_path=near["path"], survivor_repo=near["repo"])
    put(exact, survivor_id=near["id"], survivor_quality=near["quality"], quality=0.7)
    put(exact, similarity=near["similarity"])


def worse_row_taken(made: Made) -> None:
    """A duplicate's survivor is over the target though it is better than rows that are not."""
    put(made.duplicate("exact", "sample"), survivor_id=digest(b"left out"), survivor_quality=0.95)


def repo_on_both_sides(made: Made) -> None:
    put(made.file("beta/text.go"), repo="gamma")
    put(made.row("fill_in_middle"), repo="gamma")


def rename_repository(made: Made) -> None:
    """The folder that holds .git is not seen; the first component is taken everywhere."""
    for record in (*made.rows, *made.files, *made.duplicates, *made.rejects):
        for column in ("repo", "survivor_repo"):
            if record.get(column) == "mono/alpha":
                record[column] = "mono"


def empty_repo_on_both_sides(made: Made) -> None:
    """Two used files of one text and no repository; the copies are not even near in kind."""
    made.files.append(made.file("top.c") | {"path": "copy.c", "split": "validation"})
    made.files[-1]["samples_made"] = 0
    (made.folder / "copy.c").write_bytes(corpus.FILES["top.c"])


def screen_link(made: Made) -> None:
    put(made.reject("beta/link.py"), stage="screen", id=digest(b""))


def use_link(made: Made) -> None:
    """A link is called a used file."""
    link = made.reject("beta/link.py")
    made.rejects.remove(link)
    made.files.append(made.file("beta/text.go") | {"path": "beta/link.py", "samples_made": 0})
    made.files[-1]["content_key"] = digest(b"a link")


def invent_key(made: Made) -> None:
    for record in (made.file("top.c"), made.row("line_completion")):
        put(record, content_key=digest(b""))


def split_without_rows(made: Made) -> None:
    made.rows.remove(made.row("fill_in_middle"))
    put(made.file("beta/text.go"), split="test", samples_made=0)


def move_sample(made: Made) -> None:
    """One file's sample is counted for another."""
    made.file("top.c")["samples_made"] -= 1
    made.file("beta/text.go")["samples_made"] += 1


SPOILT: dict[str, tuple[set[int], Spoil]] = {
    # promise 1
    "a reject is not written": ({1}, lambda m: m.rejects.remove(m.reject("beta/empty.py"))),
    "a used file is not written": ({1, 6, 8}, lambda m: m.files.remove(m.file("top.c"))),
    "a reject of no file": (
        {1, 9},
        lambda m: m.rejects.append(m.reject("beta/empty.py") | {"path": "beta/no.py"}),
    ),
    "a file is used and rejected": (
        {1},
        lambda m: m.rejects.append(
            m.reject("beta/empty.py")
            | {"path": "top.c", "repo": "", "id": m.file("top.c")["content_key"]}
        ),
    ),
    "a sample is row and reject": (
        {1},
        lambda m: put(m.reject("gamma/tool.py"), id=m.row("line_completion")["id"]),
    ),
    "a sample is lost": ({1, 6}, lambda m: put(m.file("top.c"), samples_made=2)),
    "a file's size is wrong": ({1}, lambda m: put(m.file("top.c"), size_bytes=7)),
    "a used file's content key is made up": ({1}, invent_key),
    "a sample is of no used file": (
        {1},
        lambda m: put(m.reject("gamma/tool.py"), path="beta/empty.py", repo="beta"),
    ),
    "a file has more samples than it made": ({1}, move_sample),
    "a level that is none": (
        {1, 9},
        lambda m: m.rejects.append(m.reject("gamma/tool.py") | {"level": "row", "id": ""}),
    ),
    "a used file cannot be decoded": ({1, 9}, use_link),
    "a row's content key is wrong": (
        {1},
        lambda m: put(m.row("line_completion"), content_key=digest(b"")),
    ),
    # promise 5
    "dedup missed a near duplicate": ({5}, used_near_duplicate),
    "a survivor resembles nothing": ({5}, swap_survivor),
    "a survivor is removed itself": ({5}, chain),
    "a survivor is of lower quality": ({5}, lambda m: put(m.duplicate("near"), quality=0.95)),
    "a survivor's quality is made up": (
        {5},
        lambda m: put(m.duplicate("near"), survivor_quality=0.97),
    ),
    "a similarity is made up": ({5}, lambda m: put(m.duplicate("near"), similarity=0.99)),
    "a near duplicate calls itself exact": (
        {5},
        lambda m: put(m.duplicate("near"), kind="exact", similarity=1.0),
    ),
    "two rows share prompt and target": ({5}, add_row_copy),
    "two rows share an id": ({1, 5}, repeat_row_id),
    "a removed sample's survivor is removed": (
        {5},
        lambda m: put(
            m.duplicate("exact", "sample"), survivor_id=digest(b"a copy"), survivor_quality=0.55
        ),
    ),
    "a survivor's key is made up": (
        {5},
        lambda m: put(m.duplicate("near"), survivor_id=digest(b"")),
    ),
    "two rows differ by white space": ({5}, add_row_with_other_white_space),
    "a target stands too often": ({5}, repeat_target),
    "a removed sample's survivor is rejected": (
        {5},
        lambda m: put(m.duplicate("exact", "sample"), survivor_id=m.reject("gamma/tool.py")["id"]),
    ),
    "a removed sample's survivor has another place": (
        {5},
        lambda m: put(m.duplicate("exact", "sample"), survivor_path="top.c", survivor_repo=""),
    ),
    "a removed sample's survivor has another quality": (
        {5},
        lambda m: put(m.duplicate("exact", "sample"), survivor_quality=0.91),
    ),
    "a removed sample is only similar": (
        {5},
        lambda m: put(m.duplicate("exact", "sample"), kind="near", similarity=0.9),
    ),
    "a removed sample comes before its survivor": ({5}, swap_sample_and_survivor),
    "survivors of samples are nowhere": ({5}, lose_survivors),
    "a repeated target is not said whose": (
        {5},
        lambda m: repeat_target_of_rejected(m, detail="many"),
    ),
    "a repeated target is that of a removed sample": (
        {5},
        lambda m: repeat_target_of_rejected(
            m, detail=json.dumps({"same_target_as": digest(b"a copy")})
        ),
    ),
    "a repeated target is rejected elsewhere": (
        {5},
        lambda m: repeat_target_of_rejected(m, stage="split"),
    ),
    "a copy is of no kind": ({5}, lambda m: put(m.duplicate("near"), kind="alike")),
    "an exact copy is not quite": ({5}, lambda m: put(m.duplicate("exact"), similarity=0.99)),
    "a copy's content key is made up": ({5}, lambda m: put(m.duplicate("near"), id=digest(b"x"))),
    "a copy is near its survivor by threshold only": ({5}, far_survivor),
    "a row id is no id": ({5}, lambda m: put(m.row("line_completion"), id="1")),
    # promise 6
    "a better row is left out": ({6}, worse_row_taken),
    "a duplicate sample is better": (
        {6},
        lambda m: put(m.duplicate("exact", "sample"), quality=0.95),
    ),
    "quality has 5 decimals": ({6}, lambda m: put(m.row("line_completion"), quality_score=0.65001)),
    # promise 8
    "a row is in the wrong split": (
        {8},
        lambda m: put(m.row("fill_in_middle"), split="validation"),
    ),
    "a repository is on both sides": ({8}, repo_on_both_sides),
    "a repository has another name": (
        {8},
        rename_repository,
    ),
    "a text is on both sides": ({5, 8}, empty_repo_on_both_sides),
    "near duplicates are on both sides": ({5, 8}, used_near_duplicate_across),
    "a split that is none": ({8}, split_without_rows),
    "a phrasing is in both splits": (
        {8},
        lambda m: put(m.row("fill_in_middle"), instruction_id="function_completion/validation"),
    ),
    # promise 9
    "a reject's id is no id": ({9}, lambda m: put(m.reject("beta/empty.py"), id="1")),
    "a reason that is none": ({9}, lambda m: put(m.reject("beta/empty.py"), reason="dislike")),
    "a stage that is none": ({9}, lambda m: put(m.reject("beta/empty.py"), stage="later")),
    "a reject's id is made up": ({9}, lambda m: put(m.reject("beta/blob.dat"), id=digest(b"x"))),
    "a link is read": ({1, 9}, screen_link),
    "a link has no row": ({1, 9}, lambda m: m.rejects.remove(m.reject("beta/link.py"))),
    "a sample's reject has no id": ({9}, lambda m: put(m.reject("gamma/tool.py"), id="")),
}


@pytest.mark.parametrize(("broken", "spoil"), SPOILT.values(), ids=SPOILT.keys())
def test_spoilt_table_breaks_its_promise(made: Made, broken: set[int], spoil: Spoil) -> None:
    spoil(made)
    settle(made)
    write(made)
    assert failing(made) == broken
