"""Citations, read by what keeps references: BibTeX by bibtexparser, RIS by rispy."""

import bibtexparser
import pytest
import rispy

PROJECT = "/khoa-hoc/hoan-thien-quy-trinh-chan-nuoi-ga-doi-yen-the-an-toan-sinh"
CLOSED = "/khoa-hoc/nv-bg-m02-2025"


def bibtex(demo, path):
    answer = demo.good(f"{path}/trich-dan.bib")
    assert answer.headers["Content-Type"].startswith("application/x-bibtex")
    library = bibtexparser.parse_string(answer.content.decode("utf-8"))
    assert not library.failed_blocks
    return library.entries[0]


def ris(demo, path):
    answer = demo.good(f"{path}/trich-dan.ris")
    assert answer.headers["Content-Type"].startswith("application/x-research-info-systems")
    references = rispy.loads(answer.content.decode("utf-8"))
    assert len(references) == 1
    return references[0]


def test_both_formats_say_the_same_of_a_project(demo):
    entry, reference = bibtex(demo, PROJECT), ris(demo, PROJECT)
    assert entry.entry_type == "techreport"
    assert reference["type_of_reference"] == "RPRT"
    assert entry["title"].strip("{}") == reference["title"]
    authors = [name.strip("{} ") for name in entry["author"].split(" and ")]
    assert authors == reference["authors"] == ["ThS. Hoàng Thị Nhung", "KS. Nguyễn Văn Thắng"]
    assert entry["year"] == reference["year"] == "2022"
    assert entry["url"] == reference["urls"][0] == f"{demo.origin()}{PROJECT}"


@pytest.mark.parametrize("path", [CLOSED])
def test_what_is_confidential_is_cited_by_its_code_alone(demo, path):
    entry, reference = bibtex(demo, path), ris(demo, path)
    assert entry["title"].strip("{}") == reference["title"] == "NV.BG.M02-2025"
