"""The index's rows of files, from what screening made of them."""

import collections
from collections.abc import Iterator, Sequence

from transforms.index.tables import IndexedFile
from transforms.rows import Reason, Stage
from transforms.sources.screening import Screened


def indexed_files(screened: Screened) -> Iterator[IndexedFile]:
    """A row for each file of which the same bytes would give the same again."""
    raw_ids = {(r.source, r.path): bytes.fromhex(r.raw_id) for r in screened.reads}
    for file, found in zip(screened.files, screened.fingerprints, strict=True):
        yield IndexedFile(
            source=file.source,
            path=file.path,
            raw_id=raw_ids[file.source, file.path],
            content_key=file.content_key,
            language=file.language,
            container=file.container,
            quality=file.quality,
            size_bytes=file.size_bytes,
            signature=found.signature,
            set_key=found.set_key,
            suspect=file.suspect,
            stage="",
            reason="",
            detail="",
        )
    for reject in screened.rejects:
        if reject.stage != Stage.READ and reject.reason != Reason.FAILED:
            yield IndexedFile(
                source=reject.source,
                path=reject.path,
                raw_id=raw_ids[reject.source, reject.path],
                content_key=bytes.fromhex(reject.id),
                language="",
                container="",
                quality=0,
                size_bytes=0,
                signature=b"",
                set_key=b"",
                suspect=False,
                stage=reject.stage,
                reason=reject.reason,
                detail=reject.detail,
            )


def named_once(rows: Sequence[IndexedFile]) -> list[IndexedFile]:
    r"""Leave out files of one name: `b"\xff"` and `rb"\xff"` are written alike in a column."""
    names = collections.Counter((row.source, row.path) for row in rows)
    return [row for row in rows if names[row.source, row.path] == 1]
