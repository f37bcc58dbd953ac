"""Tables published as an edition, for tests of what readers see of it."""

from pathlib import Path

from ipsdash.export.release import delivered, to_publish
from ipsdash.store.deliveries import Delivery
from ipsdash.store.editions import open_store
from ipsdash.store.records import Edition
from ipsdash.store.tables import counts_people
from ipsdash.tables.load import checked_sheets
from ipsdash.tables.readers import read


def publish_folder(store: Path, folder: Path) -> Edition:
    """Publishes the tables of a folder, counts of people with them, as an edition of a store."""
    editions, (sheets, remarks) = open_store(store), read(folder)
    delivery = Delivery(folder.name, b"", sheets, checked_sheets(sheets, remarks), editions.latest(), True)
    assert delivery.loaded.faults == (), delivery.loaded.faults
    contents = to_publish(delivered(delivery, editions))
    return editions.publish(contents, "Kari", "Tall", delivery.base, counts_people=counts_people(sheets))
