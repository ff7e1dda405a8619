"""Tables, as the house wants them."""

import grimp

from migrations.baseline import register_models
from tenants.base import Base


def test_whoever_imports_a_table_has_the_tables_it_refers_to():
    register_models()
    graph = grimp.build_graph("tenants", "checkup", "billing", "bureau", "cloud", cache_dir=None)
    home = {mapper.local_table: mapper.class_.__module__ for mapper in Base.registry.mappers}
    pairs = {(home[table], home[key.column.table]) for table in home for key in table.foreign_keys}
    assert pairs
    assert [
        (near, far) for near, far in sorted(pairs) if near != far and far not in graph.find_upstream_modules(near)
    ] == []
