"""Spreadsheets as the office program that a clerk has: LibreOffice reads ours, and we read what it writes."""

import csv
import io
import json
import subprocess

import pytest
from test_open_data import TABLES, csv_cells

SECONDS_MAX = 120
# Separator `,`, quotation mark `"`, UTF-8, from the first line; texts in quotation marks, numbers as they are.
AS_TEXT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false"
# Semicolons, UTF-8, from the first line, every column as text: nothing is made a number or a day that was typed as text.
TYPED = "--infilter=CSV:59,34,76,1,1/2/2/2/3/2/4/2/5/2/6/2/7/2/8/2/9/2/10/2"
INDICATORS = [
    ["Mã số", "Nhóm", "Tên chỉ tiêu", "Khái niệm", "Phương pháp tính", "Phân tổ chủ yếu", "Kỳ công bố", "Nguồn số liệu", "Cơ quan chịu trách nhiệm", "Đơn vị tính"],
    ["9901", "Đất đai", "Diện tích", "Phần đất \"tự nhiên\"; cả sông", "Cộng các xã", "Xã", "Năm", "Kiểm kê", "Chi cục Thống kê", "ha"],
    ["9902", "Dân số, bình đẳng giới", "Dân số", "Người thường trú", "Điều tra", "Giới tính", "Năm", "Tổng điều tra", "Chi cục Thống kê", "người"],
]


def converted(file, to, *more):
    """What LibreOffice makes of a file, beside it."""
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--norestore", *more, "--convert-to", to, "--outdir", str(file.parent / "made"), str(file)]
    subprocess.run(command, check=True, timeout=SECONDS_MAX, capture_output=True)
    return file.parent / "made" / f"{file.stem}.{to.split(':')[0]}"


def opened(demo, tmp_path, address):
    """The rows that LibreOffice sees of a spreadsheet of ours."""
    file = tmp_path / "sheet.ods"
    file.write_bytes(demo.good(address).content)
    text = converted(file, AS_TEXT).read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_a_list_is_opened_with_its_words(demo, tmp_path):
    plain = demo.good("/van-ban/export.csv").content.decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(plain, newline=""), strict=True)
    own_header, *own_rows = opened(demo, tmp_path, "/van-ban/export.ods")
    assert own_header == header and len(own_rows) == len(rows)
    for name in ("Tên", "Địa chỉ", "Số, ký hiệu"):
        at = header.index(name)
        assert [row[at] for row in own_rows] == [row[at] for row in rows], name
    # Days are days to it, which it writes as people here do.
    at = header.index("Ngày ban hành")
    shown = lambda day: "/".join(reversed(day.split("-")))
    assert [row[at] for row in own_rows] == [shown(row[at]) for row in rows]


@pytest.mark.parametrize("table", TABLES)
def test_figures_are_opened_with_their_values(demo, tmp_path, table):
    header, *rows = opened(demo, tmp_path, f"{table}/bang/so-lieu.ods")
    cells = {tuple(row[:-2]): float(row[-2]) if row[-2] else None for row in rows}
    assert (header[:-2], cells) == csv_cells(demo, table)


def test_what_it_saves_is_taken_in_like_the_text_file_that_it_opened(demo, tmp_path):
    text = tmp_path / "chi-tieu.csv"
    with text.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(INDICATORS)
    files = [text, *(converted(text, to, TYPED) for to in ("ods", "xlsx"))]
    options = ("--site", "yen-the", "--map", "indicators", "--dry-run", "--json")
    results = [json.loads(demo.run("import", "statistics/indicator", str(file), *options)) for file in files]
    assert results[0]["count"]["created"] == 2, results[0]
    assert all(it["count"] == results[0]["count"] for it in results), results
