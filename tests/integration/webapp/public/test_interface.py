"""The interface as its readers meet it: described for people and for machines, and every no is a problem."""

import pytest

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/v1/releases/2147483648", 404), ("/api/v1/releases/2147483648/cells.json", 404),
     ("/api/v1/releases/2147483647", 404), ("/api/v1/releases/999999/cells.csv", 404),
     ("/api/v1/releases?after=-1", 400), ("/api/v1/releases?after=2147483648", 400),
     ("/api/v1/certificates/N-1", 404), ("/api/v1/nothing", 404), ("/api/v1/subscription", 401)],
)  # fmt: skip
def test_a_refusal_is_a_problem_that_names_its_status(app, path, status):
    answer = app.test_client().get(path)
    assert (answer.status_code, answer.mimetype, answer.json["status"]) == (status, PROBLEM, status)


def test_a_method_that_is_not_there_is_a_problem(app):
    answer = app.test_client().delete("/api/v1/releases")
    assert (answer.status_code, answer.mimetype) == (405, PROBLEM)


def test_the_last_number_that_fits_is_one_that_may_be_asked_after(app):
    assert app.test_client().get("/api/v1/releases?after=2147483647").json["releases"] == []


def test_people_read_the_same_description(app):
    client = app.test_client()
    page, told = client.get("/api/v1/").text, client.get("/api/v1/openapi.json").json
    assert [path for path in told["paths"] if path not in page] == []
