import pytest

from bureau.oversight.alerts import list_alerts

BAOSHAN, YANGPU, PUDONG = "310113", "310110", "310115"


def counts(**by_topic):
    return {(topic, district): count for topic, counts in by_topic.items() for district, count in counts.items()}


def test_findings_that_double_in_two_districts_alert():
    before, now = counts(lease={BAOSHAN: 12, YANGPU: 20}), counts(lease={BAOSHAN: 36, YANGPU: 40})
    alert = list_alerts(before, now)[0]
    assert alert.topic == "lease"
    assert [rise.district for rise in alert.rises] == [BAOSHAN, YANGPU]


def test_one_district_is_no_cluster():
    assert list_alerts(counts(lease={BAOSHAN: 12, YANGPU: 20}), counts(lease={BAOSHAN: 36, YANGPU: 39})) == []


def test_fewer_than_ten_businesses_say_nothing():
    assert list_alerts(counts(lease={BAOSHAN: 9, YANGPU: 9}), counts(lease={BAOSHAN: 90, YANGPU: 90})) == []


def test_a_withheld_count_says_nothing():
    before, now = counts(lease={BAOSHAN: None, YANGPU: 20}), counts(lease={BAOSHAN: 36, YANGPU: None})
    assert list_alerts(before, now) == []


def test_the_bar_is_never_below_ten():
    with pytest.raises(ValueError, match="10"):
        list_alerts({}, {}, least=9)


def test_a_bureau_may_set_the_bar_higher():
    before, now = counts(lease={BAOSHAN: 12, PUDONG: 50}), counts(lease={BAOSHAN: 36, PUDONG: 100})
    assert list_alerts(before, now, least=20) == []
