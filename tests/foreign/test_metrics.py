"""The operator's figures, read by the reader of Prometheus' own client library."""

import requests
from prometheus_client.parser import text_string_to_metric_families


def families(demo):
    answer = requests.get(f"http://127.0.0.1:{demo.operator_port}/metrics", timeout=30)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    return {family.name: family for family in text_string_to_metric_families(answer.text)}


def test_every_family_has_a_type_a_help_and_figures(demo):
    found = families(demo)
    assert {"dinh_sandbox_slots", "dinh_plugin_calls", "dinh_plugin_cpu_seconds"} <= set(found)
    for family in found.values():
        assert family.type in ("counter", "gauge", "histogram"), family.name
        assert family.documentation and family.samples, family.name


def test_a_computed_page_is_one_more_call_with_its_time(demo):
    def answered():
        calls = families(demo)["dinh_plugin_calls"].samples
        return sum(
            one.value for one in calls if one.labels["ending"] == "answered" and one.labels["export"] == "pages"
        )

    before = answered()
    demo.good("/van-ban/thay-the?nam=2019")
    assert answered() == before + 1
    wall = families(demo)["dinh_plugin_wall_seconds"].samples
    counts = {tuple(sorted(one.labels.items())): one.value for one in wall if one.name.endswith("_count")}
    for one in wall:
        if one.labels.get("le") == "+Inf":
            labels = {name: value for name, value in one.labels.items() if name != "le"}
            assert counts[tuple(sorted(labels.items()))] == one.value
    # A plugin that nobody has called yet has taken no time.
    sums = {tuple(sorted(one.labels.items())): one.value for one in wall if one.name.endswith("_sum")}
    assert any(sums.values())
    assert all((value > 0) == (counts[labels] > 0) for labels, value in sums.items())
