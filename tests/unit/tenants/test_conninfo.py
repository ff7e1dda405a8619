from psycopg.conninfo import conninfo_to_dict

from tenants.database import conninfo


def test_of_several_hosts_the_one_that_can_be_written_is_sought():
    made = conninfo_to_dict(conninfo("postgresql://famai_login@h1:5432,h2:5433/famai"))
    assert (made["host"], made["port"], made["target_session_attrs"]) == ("h1,h2", "5432,5433", "read-write")


def test_one_host_is_taken_as_it_is():
    assert "target_session_attrs" not in conninfo_to_dict(conninfo("postgresql://famai_login@h1/famai"))


def test_connecting_has_a_limit_that_the_operator_may_change():
    assert conninfo_to_dict(conninfo("postgresql://h1/famai"))["connect_timeout"] == "5"
    assert conninfo_to_dict(conninfo("postgresql://h1/famai?connect_timeout=9"))["connect_timeout"] == "9"
