"""Two operators do the same at the same moment: one of them does it, the other is told that it is done."""

from functools import partial

import pytest

from checkup.packs.catalogue import PACK, list_versions
from checkup.rollout.releases import propose
from demo.city import demo_id
from tenants.audit import Actor
from tenants.clock import now
from tenants.database import Audience, Scope, unit_of_work
from tenants.errors import Conflict
from tenants.running.incidents import open_incident
from tests.waiting import beside

NEWEST, BEFORE = list_versions(PACK)[:2]
BY = Actor(demo_id("operator"), "周工")
ACTS = {
    "incident": partial(
        open_incident,
        title="短信密钥外泄",
        banner="短信暂停",
        banner_en="No texts",
        is_read_only=False,
        by=BY,
        now=now(),
    ),
    "release": partial(
        propose, pack_id=PACK, version=NEWEST, others=BEFORE, share=10, firms=[], why="试", by=BY, now=now()
    ),
}


def in_a_unit_of_its_own(act):
    with unit_of_work(Scope(Audience.OPERATOR)) as work:
        act(work)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_of_two_at_once_the_second_is_told_that_there_is_one_already(settings, act):
    with beside(settings) as start:
        with unit_of_work(Scope(Audience.OPERATOR)) as work:
            act(work)
            second = start(partial(in_a_unit_of_its_own, act))
        with pytest.raises(Conflict):
            second.result()
