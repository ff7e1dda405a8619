from dataclasses import replace

import pytest

from tenants.errors import Invalid
from tenants.providers.facts import OwnWords, check_words
from tenants.providers.kinds import KINDS, SERVICES, SERVICES_OF

WORDS = OwnWords("021-12348", "", "", "", ("debt",), (), ("zh-Hans",), 0, None)


def fault_of(kind="mediation", **changed):
    with pytest.raises(Invalid) as refused:
        check_words(kind, replace(WORDS, **changed))
    return [(fault.field, fault.code) for fault in refused.value.faults]


def test_every_kind_does_something_that_has_a_name():
    assert SERVICES_OF.keys() == KINDS.keys()
    assert {one for services in SERVICES_OF.values() for one in services} == SERVICES.keys()


def test_a_body_that_does_nothing_is_refused():
    assert fault_of(services=()) == [("services", "required")]


def test_a_mediation_body_cannot_appraise():
    assert fault_of(services=("document",)) == [("services", "unknown_option")]


@pytest.mark.parametrize(("field", "value"), [("serves", ("999999",)), ("languages", ("xx",))])
def test_what_is_on_no_list_is_refused(field, value):
    assert fault_of(**{field: value}) == [(field, "unknown_option")]
