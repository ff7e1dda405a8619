"""Tables, as the house wants them."""

import grimp

from checkup.cases.models import KeyedByCheckup, OfCheckup
from tenants.base import Base
from webapp.registry import register_models


def test_whoever_imports_a_table_has_the_tables_it_refers_to():
    register_models()
    graph = grimp.build_graph("tenants", "checkup", "billing", "bureau", "cloud", cache_dir=None)
    home = {mapper.local_table: mapper.class_.__module__ for mapper in Base.registry.mappers}
    pairs = {(home[table], home[key.column.table]) for table in home for key in table.foreign_keys}
    assert pairs
    assert [
        (near, far) for near, far in sorted(pairs) if near != far and far not in graph.find_upstream_modules(near)
    ] == []


def test_every_row_of_a_case_is_tied_to_a_checkup_of_its_own_firm():
    register_models()
    of_a_case = [
        mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, KeyedByCheckup | OfCheckup)
    ]
    untied = [
        table.name
        for table in of_a_case
        if ["checkup.firm_id", "checkup.id"]
        not in [[part.target_fullname for part in key.elements] for key in table.foreign_key_constraints]
    ]
    assert of_a_case
    assert untied == []
