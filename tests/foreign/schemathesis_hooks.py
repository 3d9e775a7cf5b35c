"""What schemathesis cannot know of our parameters."""

from urllib.parse import urlencode

import schemathesis
from schemathesis.generation import GenerationMode

# The portal reads 4 KiB of a query. OpenAPI has no word for the length of all parameters together;
# that a longer one is refused with 414 is tested in tests/tests/portal/machine/problems.rs.
QUERY_BYTES_MAX = 4096


@schemathesis.hook
def filter_case(context, case):
    return len(urlencode(case.query or {}, doseq=True)) <= QUERY_BYTES_MAX


@schemathesis.hook
def before_call(context, case, kwargs):
    """A cursor is sealed by the server for one question: a made-up one is always refused, and rightly.

    So questions that are meant to be answered go without one; those that are meant to be refused keep
    it. Cursors have tests of their own (tests/tests/portal/machine/cursors.rs).
    """
    if case.meta and case.meta.generation.mode == GenerationMode.POSITIVE and case.query:
        case.query.pop("cursor", None)
