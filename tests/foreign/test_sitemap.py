"""The site map for machines, against the schema of sitemaps.org that the npm package `sitemap` carries."""

import pytest
from conftest import ROOT
from lxml import etree

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
SCHEMAS = ROOT / "node_modules" / "sitemap" / "schema"


def valid(name, content):
    schema = etree.XMLSchema(etree.parse(SCHEMAS / name))
    document = etree.fromstring(content)
    assert schema.validate(document), schema.error_log
    return document


@pytest.mark.parametrize("site", [None, "dong-son", "xuan-luong", "hoi-nong-dan"])
def test_index_and_parts_are_valid_and_name_this_site_alone(demo, site):
    robots = demo.good("/robots.txt", site).text
    (address,) = [line.split(": ", 1)[1] for line in robots.splitlines() if line.startswith("Sitemap: ")]
    assert address == f"{demo.origin(site)}/sitemap.xml"
    index = etree.fromstring(demo.good(address).content)
    assert index.tag == f"{{{NAMES['s']}}}sitemapindex"
    parts = index.xpath("//s:sitemap/s:loc/text()", namespaces=NAMES)
    assert parts
    for part in parts:
        document = valid("sitemap.xsd", demo.good(part).content)
        addresses = document.xpath("//s:url/s:loc/text()", namespaces=NAMES)
        assert 0 < len(addresses) <= 50_000
        assert all(it.startswith(demo.origin(site) + "/") for it in addresses)
        assert len(set(addresses)) == len(addresses)
        dated = document.xpath("//s:url[contains(s:loc, '/van-ban/') and s:lastmod]", namespaces=NAMES)
        assert bool(dated) == (site != "hoi-nong-dan")
        for address in addresses[:12]:
            page = demo.good(address).text
            assert f'<link rel="canonical" href="{address}">' in page
            assert '<meta name="robots" content="noindex">' not in page
