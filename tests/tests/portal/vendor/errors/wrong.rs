//! The errors.

/// One thing done wrong.
pub(super) struct Wrong {
    pub(super) what: &'static str,
    pub(super) change: Change,
    pub(super) command: &'static [&'static str],
    /// It is about the component, which is compiled for it.
    pub(super) code: bool,
}

/// How a plugin's folder is changed.
#[derive(Clone, Copy)]
pub(super) enum Change {
    /// File, text, and what takes its place.
    Replace(&'static str, &'static str, &'static str),
    /// File and its whole content.
    Write(&'static str, &'static str),
    Remove(&'static str),
    Nothing,
}

use Change::{Nothing, Remove, Replace, Write};

const CHECK: &[&str] = &["plugin", "check"];
const MANIFEST: &str = "plugin.toml";
const COLLECTION: &str = "collections/meeting.toml";
const VI: &str = "locales/vi.toml";
const EN: &str = "locales/en.toml";
const PAGE: &str = "templates/series.hbs";
const INTRO: &str = "<p class=\"intro\">{{t \"series.intro\"}}</p>";

const WEBHOOK: &str =
    "[[webhooks]]\nname = \"paid\"\npath = \"da-tra\"\nsystem = \"plugin.name\"\n\n[[hooks]]";
const GREEDY: &str = "[[webhooks]]\nname = \"Paid\"\npath = \"da-tra\"\nsystem = \"plugin.name\"\nmax_bytes = 1000000\nper_minute = 0\nheaders = [\"cookie\", \"X-Signature\"]\n\n[[hooks]]";

const fn check(what: &'static str, change: Change) -> Wrong {
    Wrong {
        what,
        change,
        command: CHECK,
        code: false,
    }
}

const fn code(what: &'static str, change: Change) -> Wrong {
    Wrong {
        what,
        change,
        command: CHECK,
        code: true,
    }
}

pub(super) const WRONGS: &[Wrong] = &[
    check(
        "An unknown key in the manifest",
        Replace(MANIFEST, "contract =", "colour = \"red\"\ncontract ="),
    ),
    check(
        "A key that is nearly right",
        Replace(MANIFEST, "security_contact", "security_contct"),
    ),
    check(
        "An id with capitals",
        Replace(MANIFEST, "id = \"land-prices\"", "id = \"Land_Prices\""),
    ),
    check(
        "A version that is none",
        Replace(MANIFEST, "version = \"0.1.0\"", "version = \"1\""),
    ),
    check(
        "Built with an SDK of the future",
        Replace(MANIFEST, "contract = \"0.1\"", "contract = \"9.0\""),
    ),
    check(
        "Built with an SDK that is too old",
        Replace(MANIFEST, "contract = \"0.1\"", "contract = \"0.0\""),
    ),
    check(
        "A capability that does not exist",
        Replace(MANIFEST, "\"log\"", "\"email\""),
    ),
    code(
        "An import that the manifest does not ask for",
        Replace(MANIFEST, "    \"log\",\n", ""),
    ),
    check(
        "A mount that is the host's",
        Replace(MANIFEST, "mount = \"land-prices\"", "mount = \"tim-kiem\""),
    ),
    check(
        "A fallback without an entry",
        Replace(MANIFEST, "fallback = \"list\"", "fallback = \"detail\""),
    ),
    check(
        "A route that is the host's",
        Replace(MANIFEST, "path = \"lich.ics\"", "path = \"feed.atom\""),
    ),
    check(
        "A hook on nothing",
        Replace(
            MANIFEST,
            "collection = \"meeting\"",
            "collection = \"meetings\"",
        ),
    ),
    check(
        "A webhook that nobody is asked for",
        Replace(MANIFEST, "[[hooks]]", WEBHOOK),
    ),
    check(
        "A webhook beyond what a host takes, with headers that no code is given",
        Replace(MANIFEST, "[[hooks]]", GREEDY),
    ),
    check(
        "Entries that code writes, of a collection that is not there, and unasked",
        Replace(
            MANIFEST,
            "[publisher]",
            "writes = [\"note\"]\n\n[publisher]",
        ),
    ),
    check(
        "A text of the manifest that is nowhere",
        Replace(MANIFEST, "plugin.name", "plugin.title"),
    ),
    check("No manifest", Remove(MANIFEST)),
    check(
        "Broken TOML",
        Replace(MANIFEST, "[publisher]", "[publisher"),
    ),
    check(
        "A kind of field that does not exist",
        Replace(COLLECTION, "kind = \"integer\"", "kind = \"number\""),
    ),
    check(
        "A part of a field that its kind does not have",
        Replace(
            COLLECTION,
            "kind = \"integer\"",
            "kind = \"integer\"\nmax_chars = 3",
        ),
    ),
    check(
        "A value of a wrong type",
        Replace(COLLECTION, "max_chars = 40", "max_chars = \"40\""),
    ),
    check(
        "An index on a missing field",
        Replace(COLLECTION, "[index.seats]", "[index.chairs]"),
    ),
    check(
        "An index of a wrong type",
        Replace(
            COLLECTION,
            "[index.seats]\ntype = \"integer\"",
            "[index.seats]\ntype = \"date\"",
        ),
    ),
    check(
        "A filter without an index",
        Replace(
            COLLECTION,
            "filters = [\"kind\"",
            "filters = [\"subject\", \"kind\"",
        ),
    ),
    check(
        "A sort without an index",
        Replace(
            COLLECTION,
            "default_sort = \"-held_on\"",
            "default_sort = \"-subject\"",
        ),
    ),
    check(
        "A block of the home page with a filter that the list has not",
        Replace(
            COLLECTION,
            "[search]",
            "[[blocks]]\nname = \"soon\"\ntitle = \"meeting.plural\"\nfilter = { when = \"soon\" }\n[search]",
        ),
    ),
    check(
        "A block by readers whom nobody counts",
        Replace(
            COLLECTION,
            "[search]",
            "[[blocks]]\nname = \"read\"\ntitle = \"meeting.plural\"\nsort = \"popular\"\n[search]",
        ),
    ),
    check(
        "A title of a missing field",
        Replace(COLLECTION, "title = \"{subject}\"", "title = \"{topic}\""),
    ),
    check(
        "A fact of a missing field",
        Replace(COLLECTION, "facts = [\"number\"", "facts = [\"nummer\""),
    ),
    check(
        "A code list that is not there",
        Replace(COLLECTION, "list = \"kinds\"", "list = \"sorts\""),
    ),
    check(
        "A workflow that does not exist",
        Replace(COLLECTION, "id = \"register\"", "id = \"newsroom\""),
    ),
    check(
        "A pattern that is none",
        Replace(COLLECTION, "(?P<number>", "(?P<number"),
    ),
    check(
        "Edges to what has no code",
        Replace(
            COLLECTION,
            "target_field = \"number\"",
            "target_field = \"subject\"",
        ),
    ),
    check(
        "A state by a date that is none",
        Replace(
            COLLECTION,
            "from = \"held_on\"\nthen",
            "from = \"place\"\nthen",
        ),
    ),
    check(
        "A label that is nowhere",
        Replace(
            COLLECTION,
            "label = \"meeting.seats\"",
            "label = \"meeting.chairs\"",
        ),
    ),
    check(
        "An import into a missing field",
        Replace("imports/rows.toml", "seats = ", "chairs = "),
    ),
    check(
        "A text that was not translated",
        Replace(EN, "seats = \"Seats\"\n", ""),
    ),
    check(
        "A text that only the translation has",
        Replace(EN, "[series]", "[series]\nmore = \"More\""),
    ),
    check(
        "A place that the translation forgot",
        Replace(EN, "{total} meetings", "meetings"),
    ),
    check(
        "A place that only the translation has",
        Replace(EN, "There is no meeting", "There is no {kind}"),
    ),
    check(
        "A text that nothing uses",
        Replace(VI, "[series]", "[series]\nmore = \"Thêm\""),
    ),
    check(
        "A locale file that is no TOML",
        Replace(VI, "name = \"Cuộc họp dân\"", "name = Cuộc họp dân"),
    ),
    check(
        "A script in a template",
        Replace(PAGE, INTRO, "<script>alert(1)</script>"),
    ),
    check(
        "A form in a template",
        Replace(PAGE, INTRO, "<form action=\"x\"></form>"),
    ),
    check(
        "A handler in a template",
        Replace(PAGE, INTRO, "<p onclick=\"x()\">{{t \"series.intro\"}}</p>"),
    ),
    check(
        "An address that was not checked",
        Replace(
            "templates/meeting-link.hbs",
            "{{url meeting.href}}",
            "{{meeting.href}}",
        ),
    ),
    check(
        "Unescaped output",
        Replace(PAGE, INTRO, "<p>{{{html}}}</p>"),
    ),
    check(
        "A text of a template that is nowhere",
        Replace(PAGE, "series.intro", "series.introduction"),
    ),
    check(
        "A partial that is nowhere",
        Replace(PAGE, "{{> meeting-link", "{{> meeting-row"),
    ),
    check(
        "A block that is not closed",
        Replace(PAGE, "{{/each~}}", ""),
    ),
    check("An element that is not closed", Replace(PAGE, "</ol>", "")),
    check(
        "A picture without words",
        Replace(
            PAGE,
            INTRO,
            "<p>{{t \"series.intro\"}}</p><img src=\"{{url \"a.png\"}}\">",
        ),
    ),
    check(
        "A heading that skips a level",
        Replace(PAGE, INTRO, "<h4>{{t \"series.intro\"}}</h4>"),
    ),
    check(
        "Words outside of the locale files",
        Replace(PAGE, INTRO, "<p>{{t \"series.intro\"}} Xem thêm</p>"),
    ),
    check(
        "A template that nothing shows",
        Write("templates/old.hbs", "<p>{{a}}</p>\n"),
    ),
    check(
        "A view of a template that is not there",
        Replace(
            "src/series.rs",
            "View::new(\"series\"",
            "View::new(\"serie\"",
        ),
    ),
    check(
        "A fault without a text",
        Replace("src/rules.rs", "\"fault.itself\"", "\"fault.same\""),
    ),
    check(
        "A case without an answer",
        Write("cases/list.case", "GET /land-prices\nHost: localhost\n"),
    ),
    check(
        "A case of another method",
        Write("cases/list.case", "POST /land-prices\n----\n200\n"),
    ),
    check(
        "A duty whose proof is missing",
        Replace("compliance.toml", "case = \"detail\"", "case = \"details\""),
    ),
    check(
        "A sample entry with an unknown field",
        Replace("fixtures/yen-the.toml", "seats = 120", "chairs = 120"),
    ),
    check(
        "A sample entry with a date that is none",
        Replace("fixtures/yen-the.toml", "2026-03-12", "12.3.2026"),
    ),
    check(
        "A file whose name no package can hold",
        Write("templates/my page.hbs", ""),
    ),
    code("Code that was not built", Remove("plugin.wasm")),
    code(
        "Code that is no component",
        Write("plugin.wasm", "no component"),
    ),
    check(
        "A library of which no component is made",
        Replace("Cargo.toml", "\"cdylib\", ", ""),
    ),
    Wrong {
        what: "A fault, told to a program",
        change: Replace(EN, "seats = \"Seats\"\n", ""),
        command: &["plugin", "check", "--json"],
        code: true,
    },
    Wrong {
        what: "A build without a profile",
        change: Replace("Cargo.toml", "[profile.plugin]", "[profile.other]"),
        command: &["plugin", "build", "--offline"],
        code: false,
    },
    Wrong {
        what: "A build of what is no plugin",
        change: Remove("Cargo.toml"),
        command: &["plugin", "build", "--offline"],
        code: false,
    },
    Wrong {
        what: "A package without a key",
        change: Nothing,
        command: &["plugin", "pack", "--key", "ours.key"],
        code: false,
    },
    Wrong {
        what: "A new plugin with a bad name",
        change: Nothing,
        command: &["plugin", "new", "Land Prices"],
        code: false,
    },
];
