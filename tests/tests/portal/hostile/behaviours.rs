//! What hostile guests do, and how it must end. Kinds are those of the design of the sandbox.

/// One guest of `tests/guests`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Behaviour {
    /// The file, which begins with the kind.
    pub(crate) guest: &'static str,
    /// For the report.
    pub(crate) does: &'static str,
    /// What the operator is told, or that it harms nobody and is answered.
    pub(crate) page: Ends,
    /// The same of its hook; none where it behaves as its page does.
    pub(crate) hook: Option<Ends>,
    /// Whether it can behave at all.
    pub(crate) can_be_calm: bool,
}

/// How a call ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ends {
    /// Stopped, and the operator reads this.
    Told(&'static str),
    /// Answered all the same: what it did reached nobody.
    Harmless,
    /// Not tried.
    Untried,
}

use Ends::{Harmless, Told, Untried};

const CPU: Ends = Told("CPU budget");
const TRAP: Ends = Told("trapped");

const fn stopped(guest: &'static str, does: &'static str, page: Ends) -> Behaviour {
    Behaviour {
        guest,
        does,
        page,
        hook: None,
        can_be_calm: true,
    }
}

const fn always(guest: &'static str, does: &'static str, page: Ends) -> Behaviour {
    Behaviour {
        can_be_calm: false,
        ..stopped(guest, does, page)
    }
}

const fn but(behaviour: Behaviour, hook: Ends) -> Behaviour {
    Behaviour {
        hook: Some(hook),
        ..behaviour
    }
}

/// Everything that can be asked of a portal that serves.
pub(crate) const ALL: [Behaviour; 32] = [
    stopped("00-crash", "crashes", TRAP),
    stopped("01-loop", "computes without end", CPU),
    always("01-start", "the same before it is asked", CPU),
    always("01-realloc", "the same while it takes the request", CPU),
    stopped("01-after", "the same after its answer", CPU),
    stopped("01-destructor", "the same in a destructor", CPU),
    stopped("01-cheap-calls", "asks for the date without end", CPU),
    stopped("02-fill", "fills 64 MiB again and again", CPU),
    stopped("02-copy", "copies 32 MiB and tables again and again", CPU),
    stopped("03-memory", "takes memory without end", Told("more memory")),
    stopped("03-table", "takes table elements without end", TRAP),
    stopped("04-handles", "makes handles without end", TRAP),
    stopped("05-huge-answer", "answers 32 MiB", TRAP),
    stopped(
        "05-aliased-list",
        "asks with 65,536 texts in one buffer",
        TRAP,
    ),
    but(
        stopped(
            "05-many-calls",
            "asks ten thousand questions",
            Told("more than 32 host calls"),
        ),
        Told("more than 8 host calls"),
    ),
    stopped("05-long-question", "asks with a text of 48 MiB", TRAP),
    stopped("05-log-flood", "logs a thousand lines of 8 KiB", Harmless),
    but(
        stopped(
            "05-long-error",
            "says why in 1 MiB; 10,000 aliased faults",
            Told("the plugin failed: ffff"),
        ),
        TRAP,
    ),
    stopped("06-utf8", "answers a text that is no UTF-8", TRAP),
    stopped("06-pointer", "answers from outside of its memory", TRAP),
    but(
        stopped("06-wrapping", "answers bytes that wrap around", TRAP),
        Untried,
    ),
    stopped("06-misaligned", "answers from an odd address", TRAP),
    stopped(
        "06-discriminant",
        "answers the ninth of four outcomes",
        TRAP,
    ),
    always(
        "06-realloc-outside",
        "takes the request outside of its memory",
        TRAP,
    ),
    // A text may lie at an odd address, and texts are all that a hook is given.
    but(
        always(
            "06-realloc-odd",
            "takes the request at an odd address",
            TRAP,
        ),
        Untried,
    ),
    stopped(
        "07-call-in-realloc",
        "calls the host from within its realloc",
        TRAP,
    ),
    stopped(
        "12-deep-model",
        "answers JSON of ten thousand levels",
        Told("breaks the contract"),
    ),
    but(
        stopped(
            "12-template-path",
            "wants ../../etc/passwd as template",
            Told("no template name"),
        ),
        Untried,
    ),
    but(
        stopped(
            "12-away",
            "redirects to another site",
            Told("no path on this site"),
        ),
        Untried,
    ),
    but(
        stopped(
            "12-script",
            "answers HTML with a script",
            Told("media type"),
        ),
        Untried,
    ),
    but(
        stopped(
            "12-forged-line",
            "forges a line of the log",
            Told("the plugin failed: well"),
        ),
        Untried,
    ),
    but(
        stopped(
            "13-endless-template",
            "its template loops thrice over 1,000",
            Told("show fewer entries"),
        ),
        Untried,
    ),
];
