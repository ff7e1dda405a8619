from tenants.access.cells import READ
from tenants.access.matrix import MATRIX
from tenants.base import Base
from tenants.database import Audience
from webapp import app
from webapp.wording.codes import TABLES
from webapp.wording.record_words import COLUMNS, is_machine_number

NAMES_A_CASE = {"checkup_id", "about_id"}


def seen_by_the_bureau():
    """Table → columns, of each that says something about one case."""
    for name, table in Base.metadata.tables.items():
        granted = [one for one in MATRIX[name] if one.audience is Audience.BUREAU and READ in one.verbs]
        if granted and NAMES_A_CASE & set(table.columns.keys()):
            yield name, granted[0].columns or tuple(table.columns.keys())


def test_all_that_the_bureau_may_read_of_a_case_has_a_name_an_owner_understands():
    assert app.create_app, "all tables are known"
    seen = dict(seen_by_the_bureau())
    assert "progress" in seen
    unnamed = {column for columns in seen.values() for column in columns if not is_machine_number(column)}
    assert unnamed - COLUMNS.keys() == set()
    assert seen.keys() - TABLES.keys() == set()
