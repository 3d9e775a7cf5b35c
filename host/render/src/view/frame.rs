use std::sync::Arc;

use serde::Serialize;

use super::DublinCore;

/// What surrounds every page.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// Language of the page: `vi` or `en`; chooses the theme's own words and the `lang` attribute.
    pub lang: String,
    /// The page's own title, without the site's name (the theme adds it in `<title>`).
    pub title: String,
    /// One or two sentences for `<meta name="description">`; none leaves the element out.
    pub description: Option<String>,
    /// Absolute canonical address; none (error pages, searches) leaves the link out.
    pub canonical: Option<String>,
    /// Address of the previous page of the same list.
    pub prev: Option<String>,
    /// Address of the next page of the same list.
    pub next: Option<String>,
    /// Address of the page's Atom feed.
    pub feed: Option<String>,
    /// The same content in other formats.
    pub alternates: Vec<Alternate>,
    /// `true` asks search engines to leave the page out (searches, error pages, filtered lists).
    pub noindex: bool,
    /// Metadata that Thông tư 24/2011 Đ6 demands on home page and entries.
    pub dublin_core: Option<DublinCore>,
    /// schema.org object, put into the page as a data block.
    pub json_ld: Option<serde_json::Value>,
    /// The same of another vocabulary, as a block of its own.
    pub json_ld_more: Option<serde_json::Value>,
    /// How the page looks when its address is shared; none on pages that are not to be kept.
    pub share: Option<Share>,
    /// The site, shared by all its pages.
    pub site: Arc<Site>,
    /// Menu in order; the home page's item is added by the theme.
    pub menu: Vec<MenuItem>,
    /// `true` on the home page itself.
    pub is_home: bool,
    /// From the first section down to this page; the home page is added by the theme. Empty = no breadcrumb.
    pub breadcrumb: Vec<Crumb>,
    /// What the search box of the header holds.
    pub search_text: String,
    /// Notices above the main part that concern the whole site (planned suspension, trial state).
    pub notices: Vec<Notice>,
}

impl Frame {
    /// A frame with a title and nothing optional.
    pub fn new(site: Arc<Site>, title: impl Into<String>) -> Self {
        Self {
            lang: "vi".into(),
            title: title.into(),
            description: None,
            canonical: None,
            prev: None,
            next: None,
            feed: None,
            alternates: Vec::new(),
            noindex: false,
            dublin_core: None,
            json_ld: None,
            json_ld_more: None,
            share: None,
            site,
            menu: Vec::new(),
            is_home: false,
            breadcrumb: Vec::new(),
            search_text: String::new(),
            notices: Vec::new(),
        }
    }
}

/// What a messenger or a social network shows for the address of a page (Open Graph). Title,
/// description and address are the frame's own.
#[derive(Debug, Clone, Serialize)]
pub struct Share {
    /// `article` or `website`.
    pub kind: &'static str,
    /// `vi_VN`.
    pub locale: &'static str,
    /// Absolute address of the theme's card.
    pub image: String,
    /// First publication, RFC 3339.
    pub published: Option<String>,
    /// Last change, RFC 3339.
    pub modified: Option<String>,
}

/// The site as header and footer show it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Site {
    /// Short name for `<title>` and the footer: `Cổng thông tin điện tử huyện Yên Thế`.
    pub name: String,
    /// Full name of the authority: `Ủy ban nhân dân huyện Yên Thế`.
    pub authority: String,
    /// The authority above it: `Tỉnh Bắc Giang`.
    pub upper_authority: Option<String>,
    /// Address of the home page, normally `/`.
    pub home: String,
    /// Address of the search page, normally `/tim-kiem`.
    pub search: String,
    /// Address of the description of the search for browsers.
    pub search_description: String,
    /// Address of the site map page, normally `/so-do-cong`.
    pub site_map: String,
    /// Who answers for the portal (Đ4.4.i).
    pub contact: Contact,
}

/// The contact data that Đ4.4.i demands on every page; an empty text leaves its line out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Contact {
    /// Body that keeps the portal.
    pub name: String,
    /// Postal address.
    pub address: String,
    /// Telephone number as people write it.
    pub phone: String,
    /// Fax number.
    pub fax: String,
    /// E-mail address.
    pub email: String,
    /// Person responsible for the portal, with his or her capacity.
    pub responsible: String,
}

/// A text with an address.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// What the link says.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

impl Link {
    /// A link.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
        }
    }
}

/// The page's content in another format.
#[derive(Debug, Clone, Serialize)]
pub struct Alternate {
    /// Media type.
    pub media_type: String,
    /// What people may choose it by.
    pub title: String,
    /// Where it is.
    pub href: String,
}

impl Alternate {
    /// One format.
    pub fn new(
        media_type: impl Into<String>,
        title: impl Into<String>,
        href: impl Into<String>,
    ) -> Self {
        Self {
            media_type: media_type.into(),
            title: title.into(),
            href: href.into(),
        }
    }
}

/// One item of the menu.
#[derive(Debug, Clone, Serialize)]
pub struct MenuItem {
    /// What the item says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// The page shown is this one or lies under it.
    pub current: bool,
}

/// One step of the breadcrumb.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// What the step says.
    pub label: String,
    /// Where it leads; none for the page itself.
    pub href: Option<String>,
}

/// How strongly a notice or badge speaks. The words must say it too: colour alone tells nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Something good: in force, done.
    Good,
    /// Neutral.
    Plain,
    /// Look out: partly in force, not yet in force, incomplete.
    Warn,
    /// No longer valid, failed.
    Bad,
}

/// A remark above the content.
#[derive(Debug, Clone, Serialize)]
pub struct Notice {
    /// How strongly it speaks.
    pub tone: Tone,
    /// One or two sentences.
    pub text: String,
    /// Where to read on.
    pub link: Option<Link>,
}
