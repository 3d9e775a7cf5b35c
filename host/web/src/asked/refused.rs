use http::StatusCode;

/// Why a request is not looked at any further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// The path is longer than any of ours.
    PathTooLong,
    /// The query is longer than any of ours.
    QueryTooLong,
    /// More parameters than any form of ours has.
    TooManyParams,
    /// `%` without two hexadecimal digits.
    Percent,
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// NUL, line breaks and their like.
    Control,
    /// A method that nothing here answers.
    Method,
    /// A form longer than any of ours.
    FormTooLarge,
    /// A long form that is longer than may be, its files among it.
    UploadTooLarge,
    /// A body that is no form's.
    FormType,
    /// A form that another site's page sent.
    FormForeign,
    /// A form that did not arrive whole.
    FormBroken,
    /// As many long forms are under way as may be.
    FormsBusy,
}

impl Refused {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::PathTooLong | Self::QueryTooLong => StatusCode::URI_TOO_LONG,
            Self::TooManyParams
            | Self::Percent
            | Self::NotUtf8
            | Self::Control
            | Self::FormBroken => StatusCode::BAD_REQUEST,
            Self::FormTooLarge | Self::UploadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::FormsBusy => StatusCode::SERVICE_UNAVAILABLE,
            Self::FormType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::FormForeign => StatusCode::FORBIDDEN,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    /// The theme's text that says it.
    pub(crate) fn text_key(self) -> &'static str {
        match self {
            Self::PathTooLong => "refused.path_too_long",
            Self::QueryTooLong => "refused.query_too_long",
            Self::TooManyParams => "refused.too_many_params",
            Self::Percent => "refused.percent",
            Self::NotUtf8 => "refused.not_utf8",
            Self::Control => "refused.control",
            Self::Method => "refused.method",
            Self::FormTooLarge => "refused.form_too_large",
            Self::UploadTooLarge => "refused.upload_too_large",
            Self::FormType => "refused.form_type",
            Self::FormForeign => "refused.form_foreign",
            Self::FormBroken => "refused.form_broken",
            Self::FormsBusy => "refused.forms_busy",
        }
    }
}
