"""Receives a file without keeping more of it than is allowed: to disk while it arrives, to the database once whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from trigpoint.documents.readers.limits import MAXIMUM_FILE_BYTES, MEGABYTE
from trigpoint.web.intake.models import Chunk, Upload

LIMIT_WORDS = f"{MAXIMUM_FILE_BYTES // MEGABYTE} MB"
OTHER_FIELDS = MEGABYTE  # what a form holds beside its file


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Lets what is beyond the limit run through its fingers; the form then says that the file was too large."""

    too_large = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - the name under which Django hands it over
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        """Look at the length that the request declares, before anything of it is kept."""
        self.too_large = content_length > MAXIMUM_FILE_BYTES + OTHER_FIELDS

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file, unless it is known to be too large."""
        if self.too_large:
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece on disk, as long as the file stays within the limit."""
        if start + len(raw_data) > MAXIMUM_FILE_BYTES:
            self.too_large = True
            raise SkipFile
        super().receive_data_chunk(raw_data, start)


def too_large(request: HttpRequest) -> bool:
    """Whether the request brought a file beyond the limit."""
    return any(getattr(handler, "too_large", False) for handler in request.upload_handlers)


def keep(upload: Upload, chunks: Iterable[bytes]) -> None:
    """Write a file's pieces one by one, and its size and digest into ``upload``, which is not saved here."""
    digest, upload.size = hashlib.sha256(), 0
    for position, piece in enumerate(chunks):
        Chunk.objects.create(upload=upload, position=position, content=piece)
        digest.update(piece)
        upload.size += len(piece)
    upload.digest = digest.hexdigest()


def pieces(upload: Upload) -> Iterator[bytes]:
    """The file as it was sent, a piece at a time."""
    for content in upload.chunks.values_list("content", flat=True).iterator(chunk_size=1):
        yield bytes(content)


def content(upload: Upload) -> bytes:
    """The whole file as it was sent."""
    return b"".join(pieces(upload))
