"""JSON-LD in the words of schema.org, as the npm package `schema-dts` lists them."""

import json
import re

import pytest
from conftest import ROOT

TYPES = ROOT / "node_modules" / "schema-dts" / "dist" / "schema.d.ts"
# Schema.org lets a property of an action carry the constraints of its input behind a hyphen.
ANNOTATIONS = ("-input", "-output")


class Vocabulary:
    """Which properties a type has, its own and those it inherits."""

    def __init__(self, text):
        self.parents, self.own, self.base_of = {}, {}, {}
        for name, parents, body in re.findall(
            r"^(?:export )?interface (\w+)(?: extends ([^{]+?))? \{\n(.*?)^\}", text, re.S | re.M
        ):
            self.parents[name] = re.findall(r"\w+(?:Base|Leaf)\b", parents)
            self.own[name] = set(re.findall(r'^    "(\w+)"\??:', body, re.M))
            kind = re.search(r'"@type": "(\w+)"', body)
            if kind:
                self.base_of[kind.group(1)] = name

    def properties(self, name):
        found = set(self.own.get(name, ()))
        for parent in self.parents.get(name, ()):
            found |= self.properties(parent)
        return found


@pytest.fixture(scope="session")
def vocabulary():
    return Vocabulary(TYPES.read_text())


def faults(vocabulary, thing, place):
    if isinstance(thing, list):
        return [fault for item in thing for fault in faults(vocabulary, item, place)]
    if not isinstance(thing, dict):
        return []
    kind = thing.get("@type")
    if kind not in vocabulary.base_of:
        return [f"{place}: there is no type {kind}"]
    known = vocabulary.properties(vocabulary.base_of[kind])
    found = []
    for name, value in thing.items():
        if name.startswith("@"):
            continue
        bare = name
        for annotation in ANNOTATIONS:
            bare = bare.removesuffix(annotation)
        if bare not in known:
            found.append(f"{place}: {kind} has no property {name}")
        found += faults(vocabulary, value, f"{place}.{name}")
    return found


def linked(page):
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    things = [json.loads(block) for block in blocks]
    return [thing for thing in things if thing["@context"] == "https://schema.org"]


def test_the_vocabulary_knows_what_it_must_and_not_what_it_must_not(vocabulary):
    good = {"@type": "Legislation", "name": "a", "legislationIdentifier": "b"}
    assert faults(vocabulary, good, "") == []
    assert faults(vocabulary, {"@type": "Legislation", "legislationNumber": "b"}, "") != []
    assert faults(vocabulary, {"@type": "Lex"}, "") != []


@pytest.mark.parametrize("path", ["/", "/van-ban", "/van-ban?kind=quyet-dinh", "/tim-kiem?q=a", "/so-do-cong"])
def test_pages_of_the_site_speak_schema_org(demo, vocabulary, path):
    (thing,) = linked(demo.good(path).text)
    assert faults(vocabulary, thing, path) == []


@pytest.mark.parametrize("site", [None, "dong-son", "xuan-luong"])
def test_every_document_speaks_schema_org(demo, vocabulary, site):
    for path in demo.documents(site):
        (thing,) = linked(demo.good(path, site).text)
        assert faults(vocabulary, thing, path) == []
        assert thing["@id"] == thing["url"] == f"{demo.origin(site)}{path}"
