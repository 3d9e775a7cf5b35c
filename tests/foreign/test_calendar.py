"""Calendars of dates, read by icalendar as a citizen's calendar would."""

from datetime import UTC, datetime

import icalendar


def read(demo, path, site=None):
    answer = demo.good(path, site)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert not calendar.errors
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    return list(calendar.walk("VEVENT"))


def test_a_reader_sees_when_opinions_are_due_and_where_to_read_on(demo):
    events = read(demo, "/gop-y/calendar.ics")
    assert all(not event.errors for event in events)
    named = {str(event["SUMMARY"]): event for event in events}
    event = named["Hết hạn góp ý: Đặt tên đường, phố của thị trấn Phồn Xương (đợt 1)"]
    assert event["DTSTART"].dt == datetime(2027, 12, 31, 10, 0, tzinfo=UTC)
    assert event["DTSTAMP"].dt <= datetime.now(UTC)
    assert str(event["URL"]).startswith(f"{demo.origin()}/gop-y/dat-ten-duong-pho")
    assert demo.good(str(event["URL"])).headers["Content-Type"].startswith("text/html")
    assert len({str(event["UID"]) for event in events}) == len(events)


def test_a_narrowed_calendar_has_fewer_dates(demo):
    ids = lambda path: {str(event["UID"]) for event in read(demo, path)}  # noqa: E731
    assert ids("/gop-y/calendar.ics?status=open") < ids("/gop-y/calendar.ics")
