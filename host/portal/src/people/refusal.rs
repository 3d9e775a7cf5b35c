use dinh_domain::ids::OrganisationId;
use dinh_domain::people::{BadName, Role};

use super::delegate::DELEGATION_DAYS_MAX;
use super::invite::TEXT_CHARS;

/// Why something is not done with an account. Operators are told in English; staff in Vietnamese, by
/// [`AccountRefusal::told`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountRefusal {
    /// No name to sign in with.
    #[error(transparent)]
    Name(#[from] BadName),
    /// The person's name is missing, or too long.
    #[error("a person has a name of 1 to {TEXT_CHARS} characters, and an e-mail address no longer")]
    FullName,
    /// The e-mail address is too long or odd.
    #[error("an e-mail address has at most {TEXT_CHARS} characters, all of them printable")]
    Email,
    /// Somebody has the name already.
    #[error("there is an account `{0}` already")]
    NameTaken(String),
    /// Nobody has the name.
    #[error("there is no account `{0}`")]
    Unknown(String),
    /// There is no such organisation.
    #[error("there is no organisation `{at}`; there are: {known}")]
    Organisation {
        /// As asked for.
        at: OrganisationId,
        /// All there are.
        known: String,
    },
    /// The account does not have the role.
    #[error("{name} is no {} at {at}", .role.as_str())]
    NotHeld {
        /// The account.
        name: String,
        /// The role.
        role: Role,
        /// Where.
        at: OrganisationId,
    },
    /// Whoever tries has no right to look after the account.
    #[error("this account is looked after by others")]
    NotYours,
    /// The role has rights that whoever gives it has not.
    #[error("`{}` has rights that you have not", .0.as_str())]
    Beyond(Role),
    /// Nobody would be left.
    #[error("nobody would be left who looks after accounts: give somebody else such a role first")]
    LastAdministrator,
    /// An account without a password cannot be enabled.
    #[error("{0} has no password: make a new invitation with `dinh user reset`")]
    NoPassword(String),
    /// No role was chosen.
    #[error("no role of the table was chosen")]
    NoRole,
    /// No organisation was chosen.
    #[error("no organisation was chosen")]
    NoPlace,
    /// What was typed is no day.
    #[error("a day is written YYYY-MM-DD")]
    BadDay,
    /// The last day lies before the first.
    #[error("the last day lies before the first")]
    Days,
    /// Work goes to somebody else who uses their account.
    #[error("{0} cannot take work over: it must be another account in use")]
    NoSuccessor(String),
    /// A role that nobody stands in for.
    #[error("`{}` is no role that can be lent: only one that decides on texts", .0.as_str())]
    NotLent(Role),
    /// The delegate is no colleague there.
    #[error("{name} has no role at {at}, or does not use the account")]
    NoColleague {
        /// The account.
        name: String,
        /// Where.
        at: OrganisationId,
    },
    /// A time of a delegation that is none.
    #[error(
        "a role is lent from a day to a day that is not over, for at most {DELEGATION_DAYS_MAX} days"
    )]
    LentDays,
    /// The same role is lent to the same colleague at that time.
    #[error("the same role is lent to {0} at that time already")]
    LentTwice(String),
    /// The delegation is over, or there never was one.
    #[error("there is no such delegation, or it is over")]
    NoDelegation,
}

impl AccountRefusal {
    /// In words for staff.
    pub fn told(&self) -> String {
        match self {
            Self::Name(_) => "Tên đăng nhập gồm 2 đến 64 chữ cái, chữ số và các dấu . - _ @, không có khoảng trắng.".to_owned(),
            Self::FullName => format!("Hãy ghi họ tên, nhiều nhất {TEXT_CHARS} ký tự."),
            Self::Email => format!("Địa chỉ thư điện tử dài nhất {TEXT_CHARS} ký tự, trên một dòng."),
            Self::NameTaken(name) => format!("Đã có tài khoản “{name}”: hãy chọn tên đăng nhập khác."),
            Self::Unknown(name) => format!("Không có tài khoản “{name}”."),
            Self::Organisation { .. } => "Không có tổ chức này.".to_owned(),
            Self::NotHeld { role, .. } => {
                format!("Người này không còn vai trò “{}” ở đó.", role.name())
            }
            Self::NotYours => "Bạn không có quyền quản lý tài khoản này.".to_owned(),
            Self::Beyond(role) => format!("Vai trò “{}” có quyền mà bạn không có.", role.name()),
            Self::LastAdministrator => "Sau việc này không còn ai quản lý tài khoản. Hãy giao vai trò quản lý cho người khác trước.".to_owned(),
            Self::NoPassword(_) => "Tài khoản này chưa có mật khẩu: hãy gửi lời mời mới.".to_owned(),
            Self::NoRole => "Hãy chọn một vai trò.".to_owned(),
            Self::NoPlace => "Hãy chọn một tổ chức.".to_owned(),
            Self::BadDay => "Ngày ghi theo dạng năm-tháng-ngày, ví dụ 2026-11-30.".to_owned(),
            Self::Days => "Ngày cuối phải từ ngày đầu trở đi.".to_owned(),
            Self::NoSuccessor(_) => "Người nhận việc phải là một người khác, có tài khoản đang sử dụng.".to_owned(),
            Self::NotLent(role) => format!("Vai trò “{}” không ủy quyền được: chỉ ủy quyền vai trò có quyền duyệt bài.", role.name()),
            Self::NoColleague { .. } => "Người được ủy quyền phải có vai trò ở cùng tổ chức và có tài khoản đang sử dụng.".to_owned(),
            Self::LentDays => format!("Ủy quyền cần có ngày đầu và ngày cuối; ngày cuối chưa qua; dài nhất {DELEGATION_DAYS_MAX} ngày."),
            Self::LentTwice(_) => "Vai trò này đã được ủy quyền cho người đó trong thời gian ấy.".to_owned(),
            Self::NoDelegation => "Ủy quyền này đã kết thúc.".to_owned(),
        }
    }
}
