"""Tables of figures and the catalogue of open data, by readers of other people: pyjstat (JSON-stat), csvw (CSV on the Web),
pandas and odfpy (OpenDocument), rdflib and pySHACL (DCAT-AP)."""

import copy
import csv
import io
import json
import warnings

import pandas
import pytest
from conftest import ROOT
from csvw import CSVW
from pyjstat import pyjstat
from pyshacl import validate
from rdflib import Graph
from rdflib.namespace import DCAT, RDF

SHAPES = ROOT / "tests" / "foreign" / "dcat_ap.ttl"
LAND = "/thong-ke/hien-trang-su-dung-dat"
POPULATION = "/thong-ke/dan-so-trung-binh-phan-theo-xa-va-gioi-tinh"
CHICKENS = "/thong-ke/dan-ga-doi-phan-theo-xa"
TABLES = (LAND, POPULATION, CHICKENS)
PAGES_MAX = 20


def csv_cells(demo, table):
    """The numbers of a table by the names of their dimensions; none where a sign stands in place of one."""
    text = demo.good(f"{table}/bang/so-lieu.csv").content.decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    names, cells = header[:-2], {}
    for row in rows:
        key = tuple(row[:-2])
        assert key not in cells, f"{key} stands twice"
        cells[key] = float(row[-2]) if row[-2] else None
    return names, cells


def stat_cells(text):
    """The same out of JSON-stat, by pyjstat."""
    frame = pyjstat.Dataset.read(text).write("dataframe")
    names = [name for name in frame.columns if name != "value"]
    rows = frame.to_dict("records")
    value = lambda row: None if pandas.isna(row["value"]) else float(row["value"])
    return names, {tuple(str(row[name]) for name in names): value(row) for row in rows}


@pytest.mark.parametrize("table", TABLES)
def test_json_stat_says_what_the_text_file_says(demo, table):
    text = demo.good(f"{table}/bang/so-lieu.json").text
    names, cells = stat_cells(text)
    assert (names, cells) == csv_cells(demo, table)
    assert len(cells) > 15 and any(value for value in cells.values())


def test_json_stat_with_another_number_would_be_seen(demo):
    stat = demo.good(f"{LAND}/bang/so-lieu.json").json()
    at = next(at for at, value in enumerate(stat["value"]) if value)
    stat["value"][at] += 1
    assert stat_cells(json.dumps(stat)) != csv_cells(demo, LAND)


@pytest.mark.parametrize("table", TABLES)
def test_a_spreadsheet_of_figures_is_read_by_pandas(demo, table):
    bytes_ = demo.good(f"{table}/bang/so-lieu.ods").content
    frame = pandas.read_excel(io.BytesIO(bytes_), engine="odf", dtype=object, keep_default_na=False)
    *names, value, _sign = frame.columns
    cells = {
        tuple(str(row[name]) for name in names): None if row[value] == "" else float(row[value])
        for row in frame.to_dict("records")
    }
    assert (list(names), cells) == csv_cells(demo, table)


def described(demo, tmp_path, table, change=lambda text: text):
    """A text file beside its description, as CSV on the Web has them, with the faults that csvw finds."""
    base = f"{table}/bang/so-lieu.csv"
    description = demo.good(f"{base}-metadata.json").json()
    assert description["url"] == demo.origin() + base
    text = demo.good(base).content.decode("utf-8-sig")
    (tmp_path / "so-lieu.csv").write_text(change(text), encoding="utf-8", newline="")
    place = tmp_path / "so-lieu.csv-metadata.json"
    place.write_text(json.dumps(description | {"url": "so-lieu.csv"}), encoding="utf-8")
    with warnings.catch_warnings():
        # What csvw finds it tells as warnings.
        warnings.simplefilter("always")
        read = CSVW(str(place), validate=True)
        try:
            is_valid = read.is_valid
        except ValueError as error:
            return [str(error)], read
    faults = [str(warning.message) for warning in read.warnings]
    return faults or ([] if is_valid else ["not valid"]), read


@pytest.mark.parametrize("table", TABLES)
def test_the_description_of_a_text_file_holds_for_it(demo, tmp_path, table):
    faults, read = described(demo, tmp_path, table)
    assert not faults
    rows = list(read.tables[0])
    assert len(rows) == len(csv_cells(demo, table)[1])


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("1790.2", "rất nhiều"),
        lambda text: text + text.splitlines()[1] + "\r\n",
        lambda text: text.replace("Giá trị", "Khác", 1),
    ],
    ids=["a word for a number", "a row twice", "another heading"],
)
def test_a_text_file_that_is_not_as_described_would_be_seen(demo, tmp_path, change):
    faults, _ = described(demo, tmp_path, LAND, change)
    assert faults


def catalogue(demo, site=None):
    """All pages of a site's catalogue."""
    pages, address = [], "/dcat.jsonld"
    while address:
        assert len(pages) < PAGES_MAX
        answer = demo.good(address, site)
        assert answer.headers["content-type"] == "application/ld+json"
        pages.append(answer.json())
        (view,) = [it for it in pages[-1]["@graph"] if it["@type"] == "hydra:PartialCollectionView"]
        address = view.get("hydra:next", {}).get("@id")
    return pages


def graph(pages):
    found = Graph()
    for page in pages:
        found.parse(data=json.dumps(page), format="json-ld")
    return found


def shacl(pages):
    conforms, _, words = validate(graph(pages), shacl_graph=str(SHAPES), shacl_graph_format="turtle")
    return conforms, words


@pytest.mark.parametrize("site", [None, "dong-son"])
def test_a_catalogue_has_the_shape_of_dcat_ap(demo, site):
    pages = catalogue(demo, site)
    conforms, words = shacl(pages)
    assert conforms, words
    found = graph(pages)
    assert len(list(found.subjects(RDF.type, DCAT.Dataset))) > 3
    assert len(list(found.subjects(RDF.type, DCAT.Distribution))) > 9


def broken(pages, change):
    pages = copy.deepcopy(pages)
    (land,) = [it for it in pages[0]["@graph"][0]["dcat:dataset"] if it["@id"].endswith(f"{LAND}#dataset")]
    change(land)
    return pages


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it.pop("dct:title"),
        lambda it: it.update({"dct:publisher": "UBND huyện"}),
        lambda it: it["dcat:distribution"][0].pop("dcat:accessURL"),
        lambda it: it["dcat:distribution"][0].update({"dct:license": {"@id": "http://localhost/x"}}),
        lambda it: it["dct:temporal"].update({"dcat:startDate": {"@value": "2014-13-01", "@type": "xsd:date"}}),
        lambda it: it.update({"dct:identifier": []}),
    ],
    ids=["no title", "no agent", "no address", "no licence", "no day", "no identifier"],
)
def test_a_catalogue_of_another_shape_would_be_seen(demo, change):
    pages = catalogue(demo)
    assert not shacl(broken(pages, change))[0]


def test_tables_are_named_with_files_that_other_programs_may_take(demo):
    found = graph(catalogue(demo))
    wanted = {demo.origin() + f"{table}/bang/so-lieu.{ending}" for table in TABLES for ending in ("csv", "ods", "json")}
    addresses = {str(it) for it in found.objects(None, DCAT.downloadURL)}
    assert wanted <= addresses
    for address in sorted(wanted):
        demo.good(address)
