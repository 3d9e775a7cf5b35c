"""Feeds, read by feedparser as a citizen's feed reader would."""

import feedparser


def read(demo, path, site=None):
    answer = demo.good(path, site)
    feed = feedparser.parse(answer.content, response_headers=dict(answer.headers))
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def test_a_reader_sees_title_authors_times_and_where_to_read_on(demo):
    feed = read(demo, "/van-ban/feed.atom")
    assert feed.feed.title and feed.feed.updated_parsed and feed.feed.rights
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"] == f"{demo.origin()}/van-ban/feed.atom"
    assert demo.good(links["alternate"]).headers["Content-Type"].startswith("text/html")
    assert len(feed.entries) == 40
    for entry in feed.entries:
        assert entry.author and entry.summary and entry.rights
        assert entry.published_parsed <= entry.updated_parsed
        assert {tag.term for tag in entry.tags}
    assert demo.good(feed.entries[0].link).headers["Content-Type"].startswith("text/html")
    times = [entry.published_parsed for entry in feed.entries]
    assert times == sorted(times, reverse=True)
    assert len({entry.id for entry in feed.entries}) == 40


def test_a_narrowed_feed_is_another_feed_with_fewer_entries(demo):
    whole, some = read(demo, "/van-ban/feed.atom"), read(demo, "/van-ban/feed.atom?kind=quyet-dinh")
    assert whole.feed.id != some.feed.id
    assert {entry.id for entry in some.entries} < {entry.id for entry in whole.entries}
    commune = read(demo, "/van-ban/feed.atom", "dong-son")
    assert not {entry.id for entry in commune.entries} & {entry.id for entry in whole.entries}
