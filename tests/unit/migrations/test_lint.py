"""A revision that would lock a city out, or take away what the code before still reads, is refused."""

import pytest

from migrations import lint

HEAD = '"""{about}"""\nimport sqlalchemy as sa\nfrom alembic import op\n\n\ndef upgrade():\n    {line}\n'


def found(line, about="adds"):
    return lint.faults(HEAD.format(about=about, line=line))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("op.create_index('ix', 'checkup', ['state'])", "postgresql_concurrently"),
        ("op.alter_column('checkup', 'score', type_=sa.BigInteger())", "rewrites"),
        ("op.alter_column('checkup', 'score', nullable=False)", "NOT VALID"),
        ("op.add_column('checkup', sa.Column('x', sa.Text(), nullable=False))", "server_default"),
        ("op.create_check_constraint('ck', 'checkup', 'score > 0')", "postgresql_not_valid"),
        ("op.create_foreign_key('fk', 'checkup', 'firm', ['a'], ['b'])", "postgresql_not_valid"),
        ("op.drop_column('checkup', 'score')", "contract:"),
        ("op.drop_table('checkup')", "contract:"),
        ("op.alter_column('checkup', 'score', new_column_name='points')", "contract:"),
        ("op.execute('CREATE INDEX ix ON checkup (state)')", "CONCURRENTLY"),
        ("op.execute('ALTER TABLE checkup ALTER COLUMN score SET NOT NULL')", "NOT VALID"),
        ("op.execute('ALTER TABLE checkup ADD CONSTRAINT c CHECK (score > 0)')", "NOT VALID"),
        ("op.execute('LOCK TABLE checkup')", "locks everybody out"),
    ],
)
def test_what_locks_or_breaks_an_open_city_is_named(line, words):
    (fault,) = found(line)
    assert words in fault
    assert fault.startswith("line 7")


@pytest.mark.parametrize(
    "line",
    [
        "op.add_column('checkup', sa.Column('x', sa.Text()))",
        "op.add_column('checkup', sa.Column('x', sa.Text(), nullable=False, server_default=''))",
        "op.create_index('ix', 'checkup', ['state'], postgresql_concurrently=True)",
        "op.create_check_constraint('ck', 'checkup', 'score > 0', postgresql_not_valid=True)",
        "op.execute('ALTER TABLE checkup ADD CONSTRAINT c CHECK (score > 0) NOT VALID')",
    ],
)
def test_what_an_open_city_bears_is_let_through(line):
    assert found(line) == []


def test_a_table_of_the_revision_itself_may_be_made_at_once():
    assert found("op.create_table('new'); op.create_index('ix', 'new', ['a'])") == []


def test_a_contracting_revision_says_so():
    assert found("op.drop_column('checkup', 'score')", about="contract: nothing reads it since 1.4") == []


def test_policies_and_functions_beside_a_revision_are_replaced_at_will():
    sql = "DROP POLICY a ON checkup; CREATE FUNCTION f() AS $$ DROP TABLE x $$; DROP TABLE checkup"
    (fault,) = lint.faults(HEAD.format(about="x", line="pass"), sql)
    assert fault.startswith("sql: DROP TABLE checkup")


def test_the_revisions_of_the_house_pass():
    assert lint.main() == 0
