"""The index's rows of drafts: a file's drafts as encoded records."""

import dataclasses

import apache_beam as beam

from transforms import coders  # noqa: F401  # every record has its coder before it is looked up
from transforms.index.tables import IndexedDrafts
from transforms.pair_records import Claims, Offers
from transforms.records import DraftKey, FileDrafts, FileKey, Place
from transforms.rows import Reject
from transforms.samples.drafting import Drafted
from transforms.samples.drafts import digest

_FILE, _FILE_DRAFTS, _DRAFT_KEY, _REJECT = (
    beam.coders.registry.get_coder(record) for record in (FileKey, FileDrafts, DraftKey, Reject)
)


def file_id(file: FileKey) -> bytes:
    """A digest of all that drafts depend on; not of where the file stands, or what it is like."""
    return digest(_FILE.encode(_placeless(file)))


def encode(drafted: Drafted) -> IndexedDrafts:
    """The row of what was drafted from a file."""
    return IndexedDrafts(
        file_id=file_id(drafted.file_drafts.file),
        file_drafts=_FILE_DRAFTS.encode(drafted.file_drafts),
        draft_keys=[_DRAFT_KEY.encode(key) for key in drafted.keys],
        rejects=[_REJECT.encode(reject) for reject in drafted.rejects],
        offers=drafted.offers.offers if drafted.offers else b"",
        claims=drafted.claims.claims if drafted.claims else b"",
    )


def decode(row: IndexedDrafts, file: FileKey) -> Drafted:
    """What was drafted from a file, which may stand elsewhere now."""
    file_drafts = dataclasses.replace(_FILE_DRAFTS.decode(row.file_drafts), file=file)
    bare = dataclasses.replace(file, bands=b"")
    return Drafted(
        file_drafts,
        [_DRAFT_KEY.decode(key) for key in row.draft_keys],
        [_REJECT.decode(reject) for reject in row.rejects],
        Offers(bare, row.offers) if row.offers else None,
        Claims(bare, row.claims) if row.claims else None,
    )


def _placeless(file: FileKey) -> FileKey:
    return dataclasses.replace(file, place=Place(0, b""), bands=b"", suspect=False)
