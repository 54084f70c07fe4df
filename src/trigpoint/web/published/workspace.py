"""Published files between a workspace's folder and the database, both ways, without loss.

Files are added in the order in which they came: what is in force then follows by the same rules on either side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from trigpoint.errors import InputError
from trigpoint.releases.observation import together
from trigpoint.releases.reading import FileReading
from trigpoint.releases.release import Reading
from trigpoint.releases.store import Held, Store, open_store, tables
from trigpoint.web.accounts.models import Organisation, User
from trigpoint.web.published import holding, services
from trigpoint.web.published.catalogue import known_releases
from trigpoint.web.published.models import PublishedFile
from trigpoint.web.published.packing import Table


def load_folder(workspace: Path, owner: Organisation, *, by: User | None = None) -> Mapping[str, int]:
    """Put every published file of a workspace among those of ``owner``: outcome → how many files.

    What is held already stays as it is. Raises ``InputError`` where the folder is damaged; each file is loaded whole.
    """
    store = open_store(workspace)
    outcomes: Counter[str] = Counter()
    for held in store.files:
        table = Table(held.file, held.digest, held.release, _reading(store, held))
        outcomes[services.take_in(table, owner=owner, by=by, on=held.added_on).outcome] += 1
    return outcomes


def _reading(store: Store, held: Held) -> Reading:
    """All that the folder says of a file."""
    frame = together([tables.collected(tables.scan(store.folder, held), store.folder)])
    return Reading(
        variant=held.variant,
        frame=frame,
        era=held.era,
        title=held.title,
        status=held.status,
        published=held.published,
        revised=held.revised,
        organisations=tables.organisations(store.folder, held),
        mapping=tables.mapping(store.folder, held),
        places=tables.places(store.folder, held),
        rejected=held.rejected,
        notes=held.notes,
        whole=held.whole,
    )


def export_folder(owner: Organisation, workspace: Path) -> int:
    """Write every published file of ``owner`` into a workspace, beside what is there; how many there are.

    Raises ``InputError`` where the folder cannot be written, or a file is of a release that is no longer known.
    """
    files = PublishedFile.objects.filter(owner=owner).order_by("pk")
    if not files.exists():
        return 0
    store = open_store(workspace, create=True)
    with store.writing():
        for file in files.iterator(chunk_size=10):
            release = known_releases().get(file.release)
            if release is None:
                what = f"the release “{file.release}” is not known to this Trigpoint"
                raise InputError(what, where=file.name, remedy="install the newest")
            store.add(FileReading(file.name, file.digest, release, holding.read_again(file)), file.on)
    return files.count()
