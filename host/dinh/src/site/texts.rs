//! The texts of a site on a command line.

use clap::Args;
use dinh_portal::SITE_TEXTS;

#[derive(Debug, Args)]
pub(crate) struct Texts {
    /// Full name, in the header.
    #[arg(long)]
    name: Option<String>,
    /// The authority above, in the header.
    #[arg(long)]
    upper_line: Option<String>,
    /// A sentence or two on the home page.
    #[arg(long)]
    introduction: Option<String>,
    /// `Asia/Ho_Chi_Minh`.
    #[arg(long)]
    time_zone: Option<String>,
    /// Postal address.
    #[arg(long)]
    address: Option<String>,
    /// Telephone.
    #[arg(long)]
    phone: Option<String>,
    /// Fax.
    #[arg(long)]
    fax: Option<String>,
    /// Official e-mail.
    #[arg(long)]
    email: Option<String>,
    /// Who is responsible for the content.
    #[arg(long)]
    responsible: Option<String>,
}

impl Texts {
    /// In the order of [`SITE_TEXTS`].
    pub(super) fn given(self) -> Vec<(String, String)> {
        let all = [
            self.name,
            self.upper_line,
            self.introduction,
            self.time_zone,
            self.address,
            self.phone,
            self.fax,
            self.email,
            self.responsible,
        ];
        let named = SITE_TEXTS.iter().zip(all);
        let given = named.filter_map(|(name, value)| Some(((*name).to_owned(), value?)));
        given.collect()
    }
}
