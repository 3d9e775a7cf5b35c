"""A saved copy, checked by somebody who has only the file."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest



class Parts(HTMLParser):
    """Raw texts of the elements that a check needs, and every address that a browser would fetch by itself."""

    def __init__(self, text):
        super().__init__()
        self.raw, self.fetched, self.links, self.metas, self.open = {}, [], [], {}, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag in ("script", "style"):
            self.open = tag
        if tag == "meta" and ("name" in values or "http-equiv" in values):
            self.metas[values.get("name") or values["http-equiv"]] = values.get("content")
        if tag == "a":
            self.links.append(values.get("href"))
        if "src" in values or (tag == "link" and values.get("rel") in ("stylesheet", "icon", "preload")):
            self.fetched.append((tag, values))

    def handle_data(self, data):
        if self.open:
            self.raw[self.open] = self.raw.get(self.open, "") + data

    def handle_endtag(self, tag):
        self.open = None


@pytest.fixture(scope="module")
def path(demo):
    return demo.documents()[0]


def test_the_hash_of_a_copy_is_that_of_the_content_within_it(demo, path):
    answer = demo.good(f"{path}/ban-luu")
    copy = Parts(answer.text)
    digest = hashlib.sha256(copy.raw["script"].encode()).hexdigest()
    assert digest == copy.metas["dinh:content-sha256"]
    verify = next(link for link in copy.links if "/kiem-tra-ban-luu" in link)
    assert verify.endswith(f"?ma={digest}")
    assert "Đúng: đây là nội dung đang được đăng." in demo.good(verify).text
    # One letter more, and nobody knows it.
    other = hashlib.sha256(copy.raw["script"].encode() + b" ").hexdigest()
    assert "Không có nội dung nào mang mã này" in demo.good(f"/kiem-tra-ban-luu?ma={other}").text


def test_a_copy_fetches_nothing_and_its_policy_names_its_own_style(demo, path):
    copy = Parts(demo.good(f"{path}/ban-luu").text)
    assert copy.fetched == []
    assert "url(" not in copy.raw["style"] and "@import" not in copy.raw["style"]
    style = base64.b64encode(hashlib.sha256(copy.raw["style"].encode()).digest()).decode()
    policy = copy.metas["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'") and f"'sha256-{style}'" in policy
    assert "unsafe" not in policy


def test_files_are_listed_with_the_hash_of_their_bytes(demo, path):
    text = demo.good(f"{path}/ban-luu").text
    found = re.findall(r'href="([^"]+/tep/[^"]+)">[^<]*</a>&gt;</span> <span class="hash">SHA-256: (\w+)', text)
    assert found
    for address, digest in found:
        assert hashlib.sha256(demo.good(address).content).hexdigest() == digest
