"""Mail as a server by others takes it, over STARTTLS and with a password, and as Python's own reader understands it."""

import re
from urllib.parse import urlsplit

from mail_server import FROM

SENT = {
    "dong-y": "1",
    "topic": "broken",
    "subject": "Đèn ở nhà văn hóa thôn Trung hỏng",
    "words": "Bóng đèn hỏng từ tháng trước.",
    "email": "dan@example.vn",
}
READER = "ban.doc@example.vn"


def post(demo, path, fields, **headers):
    own = {"Sec-Fetch-Site": "same-origin"}
    return demo.get(path, method="POST", data=fields, headers={**own, **headers})


def link(message, below):
    text = message.get_content()
    found = re.search(rf"http://\S+({re.escape(below)}\S*)", text)
    assert found, text
    return urlsplit(found.group(0)).path


def read(taken, to):
    """What holds for every message."""
    is_encrypted, envelope, message = taken
    assert is_encrypted and envelope.mail_from == FROM
    assert not message.defects and not any(header.defects for header in message.values())
    assert [one.addr_spec for one in message["To"].addresses] == [to]
    assert message["From"].addresses[0].addr_spec == FROM
    assert message["Date"].datetime is not None
    assert message["Auto-Submitted"] == "auto-generated" and message["Content-Language"] == "vi"
    assert message["MIME-Version"] == "1.0"
    assert message.get_content_type() == "text/plain" and message.get_content_charset() == "utf-8"
    assert all(len(line) <= 998 for line in envelope.content.splitlines())
    assert max(len(line) for line in envelope.content.splitlines()) <= 78 or message["List-Unsubscribe"]
    return message


def test_a_receipt_is_read_and_its_link_opens(demo, mail_server):
    form = demo.good("/gop-y-ve-cong/gui").text
    version = re.search(r'name="bieu-mau" value="([^"]*)"', form).group(1)
    assert post(demo, "/gop-y-ve-cong/gui", SENT | {"bieu-mau": version}).status_code == 303
    message = read(mail_server.next(SENT["email"]), SENT["email"])
    assert message["Subject"].startswith("Biên nhận ")
    assert SENT["subject"] in message.get_content() and SENT["words"] not in message.get_content()
    assert SENT["subject"] in demo.good(link(message, "/theo-doi/")).text


def test_a_subscription_is_confirmed_and_ended_by_one_click(demo, mail_server):
    asked = post(demo, "/nhan-tin", {"muc": "van-ban", "dia-chi": READER, "dong-y": "1"})
    assert asked.status_code == 200, asked.text[:500]
    message = read(mail_server.next(READER), READER)
    confirm = link(message, "/nhan-tin/xac-nhan/")
    assert "Chỉ mở trang này thì chưa xác nhận" in demo.good(confirm).text
    done = post(demo, confirm, {"viec": "xac-nhan"})
    assert done.status_code == 303
    own = done.headers["Location"].split("?")[0]
    assert "Đang nhận tin" in demo.good(own).text
    # As a mail program does it (RFC 8058): no cookie, no origin, no redirect.
    ended = demo.get(own, method="POST", data={"List-Unsubscribe": "One-Click"})
    assert ended.status_code == 200
    assert demo.get(own).status_code == 404
