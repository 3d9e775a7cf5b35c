"""Lists as files, read by Python's csv and by odfpy as office programs would."""

import csv
import io
import zipfile

from odf.opendocument import load
from odf.table import Table, TableCell, TableRow
from odf.teletype import extractText

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"


def csv_rows(demo, query="", site=None):
    answer = demo.good(f"/van-ban/export.csv{query}", site)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def sheet_rows(demo, query=""):
    bytes_ = demo.good(f"/van-ban/export.ods{query}").content
    (table,) = load(io.BytesIO(bytes_)).spreadsheet.getElementsByType(Table)
    return [row.getElementsByType(TableCell) for row in table.getElementsByType(TableRow)]


def attribute(cell, name):
    return cell.attributes.get((OFFICE, name))


def test_a_text_file_has_the_same_names_for_every_row(demo):
    rows = csv_rows(demo)
    assert len(rows) == 40
    for row in rows:
        assert None not in row and None not in row.values()
        assert row["Tên"] and row["Địa chỉ"].startswith(demo.origin() + "/van-ban/")
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())
    assert {row["Số, ký hiệu"] for row in csv_rows(demo, "?kind=quyet-dinh")} < {row["Số, ký hiệu"] for row in rows}


def test_a_spreadsheet_has_the_rows_of_the_text_file_with_typed_cells(demo):
    plain, (header, *rows) = csv_rows(demo), sheet_rows(demo)
    names = [extractText(cell) for cell in header]
    assert names == list(plain[0])
    assert len(rows) == len(plain)
    for row, same in zip(rows, plain):
        cells = dict(zip(names, row))
        issued = cells["Ngày ban hành"]
        assert attribute(issued, "value-type") == "date"
        assert attribute(issued, "date-value") == same["Ngày ban hành"]
        assert attribute(cells["Đăng lúc"], "date-value") == same["Đăng lúc"][:19]
        assert attribute(cells["Tên"], "value-type") == "string"
        assert extractText(cells["Tên"]) == same["Tên"]
        assert extractText(cells["Địa chỉ"]) == same["Địa chỉ"]
        assert not any("formula" in name for cell in row for _, name in cell.attributes)


def test_a_spreadsheet_is_a_sound_archive(demo):
    archive = zipfile.ZipFile(io.BytesIO(demo.good("/van-ban/export.ods").content))
    assert archive.testzip() is None
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.flag_bits) == ("mimetype", zipfile.ZIP_STORED, 0)
    assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
