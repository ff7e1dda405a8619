"""A fault at one firm leaves the others their night."""

import uuid
from contextlib import nullcontext

from webapp.tasks import every_firm


def test_what_fails_at_one_firm_is_logged_and_the_next_has_its_turn(monkeypatch, caplog):
    firms = [uuid.UUID(int=number) for number in (1, 2, 3)]
    monkeypatch.setattr(every_firm, "list_firms", lambda: firms)
    monkeypatch.setattr(every_firm, "unit_of_work", lambda scope: nullcontext(scope.firm_id))

    def work(session, firm_id):
        if firm_id == firms[1]:
            raise KeyError("a pack that is no longer shipped")
        return 1

    assert every_firm.at_every_firm(work) == 2
    assert str(firms[1]) in caplog.text
