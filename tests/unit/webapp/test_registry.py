"""Keys are found in the models."""

import pytest
from sqlalchemy import LargeBinary

from tenants.base import Base
from webapp.registry import list_key_tables, register_models

register_models()
BINARY = [
    (name, column.name, column.info)
    for name, table in Base.metadata.tables.items()
    for column in table.columns
    if isinstance(column.type, LargeBinary)
]
# Public halves, published bytes: nothing that a key seals.
OPEN = {("passkey", "credential_id"), ("passkey", "public_key"), ("share_key", "salt"), ("bureau_edition", "content")}


@pytest.mark.parametrize(("table", "column", "info"), BINARY)
def test_a_data_key_lies_in_a_table_of_keys_and_nowhere_else(table, column, info):
    assert (info.get("sealed_by") == "firm") == (column == "wrapped_key" and table in list_key_tables())


@pytest.mark.parametrize(("table", "column", "info"), BINARY)
def test_what_is_sealed_outside_a_case_says_that_the_master_key_seals_it(table, column, info):
    of_case = {"checkup_id", "owner_id", "waiver_id", "complaint_id", "entry_id"} & set(
        Base.metadata.tables[table].c.keys()
    )
    assert of_case or info.get("sealed_by") == "master" or (table, column) in OPEN


def test_the_backup_of_keys_holds_every_table_of_keys():
    assert {"case_key", "part_key", "share_key", "complaint_key"} <= set(list_key_tables())
