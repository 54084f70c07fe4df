"""The observations of a workspace on disk: Parquet files that count only once the manifest names them."""

from trigpoint.releases.store.addition import Addition, Outcome
from trigpoint.releases.store.changes import Change
from trigpoint.releases.store.held import Held
from trigpoint.releases.store.store import Store, open_store

__all__ = ["Addition", "Change", "Held", "Outcome", "Store", "open_store"]
