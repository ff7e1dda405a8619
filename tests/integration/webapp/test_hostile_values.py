"""What once made the server fail by what was sent: it is refused, in words, by every door of that kind."""

import io

import pytest

from tests.factories import make_case
from tests.parties import Party
from tests.visits import be_owner, log_in

NUL, NINES = "\x00", "9" * 5000
REFUSED = {302, 400, 401, 403, 404, 409, 413, 422}


def refused(answer):
    assert answer.status_code in REFUSED, answer.status_code


@pytest.fixture
def party(app, settings, request):
    return Party(app, settings, request.node.name[:150])


@pytest.fixture(scope="module")
def lawyer(app):
    return log_in(app, "lawyer1@hubin.example")


@pytest.fixture(scope="module")
def officer(app):
    return log_in(app, "officer@city.example")


@pytest.mark.parametrize(
    "path",
    [
        "/f/%00", "/verify/%00", "/?district=%00", "/api/v1/certificates/%00", "/api/v1/releases/2147483648",
        "/api/v1/releases/99999999999999999999/cells.csv", "/statistics?period=%00",
    ],
)  # fmt: skip
def test_an_address_that_no_row_can_bear_leads_nowhere(app, path):
    refused(app.test_client().get(path))


@pytest.mark.parametrize("path", ["/lawyer/?district=%00", "/lawyer/hours?year=%00"])
def test_so_it_is_for_staff(lawyer, path):
    refused(lawyer.get(path))


@pytest.mark.parametrize("edition", ["9" * 10, NINES[:50], "-1", "x", "32768"])
def test_an_edition_that_cannot_be_is_not_found(app, settings, lawyer, edition):
    case = make_case(settings, "signed", seed=51)
    assert lawyer.get(f"/lawyer/checkups/{case.checkup_id}/report.pdf?edition={edition}").status_code == 404


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/auth/login", {"email": f"a{NUL}@x.example", "password": "x"}),
        ("/auth/login", {"email": "a@x.example", "password": f"x{NUL}"}),
        ("/api/v1/token", {"client_id": NUL, "client_secret": NUL, "grant_type": "client_credentials"}),
        ("/resume", {"code": NUL}),
        ("/status", {"number": NUL, "phone": NUL}),
        ("/me/phone", {"phone": NUL}),
    ],
)
def test_a_door_that_is_sent_nul_refuses_it(app, path, sent):
    answer = app.test_client().post(path, data=sent)
    assert answer.status_code < 500


@pytest.mark.parametrize(
    ("path", "sent"),
    [("/lawyer/emergency", {"case_number": NUL, "why": NUL}), ("/lawyer/views", {"name": NUL, "district": NUL})],
)
def test_a_lawyers_form_that_is_sent_nul_refuses_it(lawyer, path, sent):
    assert lawyer.post(path, data=sent).status_code < 500


@pytest.mark.parametrize("sent", [{}, {"days": "7"}, {"label": "x"}, {"days": NINES, "label": NUL}])
def test_a_link_without_its_fields_is_refused(app, settings, sent):
    case = make_case(settings, "signed", seed=52)
    assert be_owner(app, case).post(f"/checkup/{case.checkup_id}/share", data=sent).status_code < 500


def test_standards_without_evidence_are_refused(officer):
    firm = officer.get("/bureau/firms").text.split("/bureau/firms/")[1][:36]
    assert officer.post(f"/bureau/firms/{firm}/standards", data={}).status_code < 500


@pytest.mark.parametrize(
    "document", [NUL, "2026-02-30", f"valid_from: 2026-02-30\nname: {NINES}", "[" * 100_000, "a: &a [*a]"]
)
def test_a_policy_that_is_none_is_refused(officer, document):
    assert officer.post("/bureau/hardship/propose", data={"document": document}).status_code < 500


@pytest.mark.parametrize(
    ("body", "signature"),
    [(b"{}", "v1,%%%"), (b"{}", ""), (b"\xff\xfe", "v1,AAAA"), (b"[" * 100_000, "v1,AAAA")],
)
def test_a_call_that_is_no_call_is_refused(party, body, signature):
    signed = {"webhook-id": "m", "webhook-timestamp": "x", "webhook-signature": signature}
    refused(party.client.post("/api/v1/tickets", data=body, headers={**party.headers(), **signed}))


@pytest.mark.parametrize("body", [b"[" * 100_000, b"\xff", b"null", b"3", b'{"url": []}'])
def test_an_address_that_is_no_json_is_refused(party, body):
    refused(party.client.patch("/api/v1/subscription", data=body, headers=party.headers()))


@pytest.mark.parametrize(
    "passkey", ["[" * 3_000, "null", "{}", '{"rawId": []}', '{"rawId": "AAAA"}', '{"rawId": "字"}']
)
def test_a_passkey_that_is_none_is_refused(app, settings, passkey):
    client = log_in(app, "lawyer2@hubin.example")
    client.get("/auth/account")
    assert client.post("/auth/account/passkeys", data={"passkey": passkey, "label": "x"}).status_code in (409, 422)


@pytest.mark.parametrize("named", ["A", "abcde", "字", "=", "", "a" * 5_000, "-_-_"])
def test_a_passkey_that_is_not_there_is_not_removed(app, named):
    client = log_in(app, "lawyer2@hubin.example")
    assert client.post("/auth/account/passkeys/remove", data={"id": named}).status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, b"\xff\xd8\xff\xe0" + b"\x00" * 10, b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x02\x00\x00\x00", b"GIF89a", b"",
    ],
)  # fmt: skip
def test_a_broken_picture_is_refused(app, content):
    paper = (io.BytesIO(content), "证.jpg")
    assert app.test_client().post("/join", data={"papers": paper}).status_code == 422
