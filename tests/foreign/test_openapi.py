"""The interface for programs, read from its own description: the validator of the OpenAPI community
checks the description, schemathesis makes up questions from it and compares the answers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

DESCRIPTION = "/api/v1/openapi.json"
HERE = Path(__file__).parent
# A question takes some milliseconds; what is made up is the same in every run.
QUESTIONS_PER_OPERATION = 40
SEED = 20141003
MINUTES_MAX = 8


@pytest.mark.parametrize("site", [None, "dong-son", "hoi-nong-dan"])
def test_the_description_of_every_site_is_valid(demo, site):
    description = demo.good(DESCRIPTION, site).json()
    OpenAPIV31SpecValidator(description).validate()
    paths = [path for path in description["paths"] if "/collections/legal-documents/" in path]
    assert bool(paths) == (site != "hoi-nong-dan")


def test_every_entry_of_the_demo_is_as_described(demo):
    description = demo.good(DESCRIPTION).json()

    def check(value, path):
        schema = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": description["components"]}
        Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(value)

    for path in ("/api/v1/sites", "/api/v1/collections"):
        check(demo.good(path).json(), path)
    collections = demo.good("/api/v1/collections").json()["collections"]
    totals = {}
    for collection in collections:
        items, entries = f"/api/v1/collections/{collection['id']}", 0
        following = collection["items"] + "?limit=15"
        while following:
            answer = demo.good(following)
            page = answer.json()
            check(page, items)
            assert answer.links.get("next", {}).get("url") == page["next"]
            for item in page["items"]:
                entry = demo.good(item["self"]).json()
                check(entry, items + "/{id}")
                assert demo.good(entry["url"]).status_code == 200
                entries += 1
            following = page["next"]
        assert entries == page["total"]
        totals[collection["id"]] = entries
    assert totals["feedback/remark"] == 2 and totals["legal-documents/document"] == 40
    assert all(totals.values())
    found = demo.good("/api/v1/search?q=quyết định&limit=100").json()
    check(found, "/api/v1/search")
    assert found["total"] == len(found["hits"]) > 20
    assert len({hit["site"] for hit in found["hits"]}) > 1


def test_every_answer_to_made_up_questions_is_as_described(demo, tmp_path):
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        "run",
        demo.origin() + DESCRIPTION,
        f"--url={demo.origin()}",
        "--checks=all",
        "--phases=examples,coverage,fuzzing,stateful",
        f"--max-examples={QUESTIONS_PER_OPERATION}",
        f"--seed={SEED}",
        "--generation-database=none",
        "--continue-on-failure",
        "--no-color",
        "--workers=2",
    ]
    environment = os.environ | {"SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(HERE)}
    told = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=MINUTES_MAX * 60
    )
    assert told.returncode == 0, told.stdout[-8000:] + told.stderr[-2000:]
