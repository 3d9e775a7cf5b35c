use std::sync::Arc;

use dinh_domain::site::Site;
use dinh_portal::Visit;
use dinh_portal::shown::{Section, Way};
use dinh_render::Theme;
use dinh_render::view::{self, Contact, Crumb, Frame, Link, MenuItem, Notice, Tone};

use crate::links;
use crate::options::HttpOptions;
use crate::routes::{OPEN_SEARCH, SEARCH, SITE_MAP};
use crate::state::State;

/// Where a page is shown: on which site, under which addresses, in which words.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'a> {
    pub(crate) visit: &'a Visit,
    pub(crate) options: &'a HttpOptions,
    pub(crate) theme: &'a Theme,
}

impl<'a> Setting<'a> {
    pub(crate) fn of(state: &'a State, visit: &'a Visit) -> Self {
        Self {
            visit,
            options: &state.options,
            theme: &state.theme,
        }
    }

    /// A text of the theme in the visit's language.
    pub(crate) fn text(&self, key: &'a str) -> &'a str {
        self.theme.text(&self.visit.language, key)
    }

    /// A text of the theme with its places filled.
    pub(crate) fn texts(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.theme.texts(&self.visit.language, key, values)
    }

    /// The full address of a path on this site.
    pub(crate) fn absolute(&self, path: &str) -> String {
        self.options.origin(&self.visit.site.host) + path
    }

    /// What a list is called away from its page, with what it is narrowed to.
    pub(crate) fn list_title(&self, title: &str, narrowed: &[String]) -> String {
        let title = format!("{title} – {}", self.visit.site.name);
        match narrowed {
            [] => title,
            narrowed => format!("{title} ({})", narrowed.join("; ")),
        }
    }

    pub(crate) fn href(&self, way: &Way) -> String {
        links::href(self.options, way)
    }

    pub(crate) fn link(&self, way: &Way) -> Link {
        Link::new(&way.label, self.href(way))
    }

    pub(crate) fn links(&self, ways: &[Way]) -> Vec<Link> {
        ways.iter().map(|way| self.link(way)).collect()
    }

    /// A frame with everything that does not depend on the page.
    pub(crate) fn frame(&self, title: &str) -> Frame {
        let mut frame = Frame::new(Arc::new(self.site()), title);
        frame.lang.clone_from(&self.visit.language);
        frame.menu = self.menu(None);
        frame
    }

    /// A frame of a page that belongs to no section.
    pub(crate) fn lone_frame(&self, title: &str) -> Frame {
        let mut frame = self.frame(title);
        frame.breadcrumb.push(Crumb {
            label: title.to_owned(),
            href: None,
        });
        frame
    }

    /// A frame within a section; the breadcrumb leads from it over `steps` to the page.
    pub(crate) fn section_frame(&self, section: &Section, title: &str, steps: &[Link]) -> Frame {
        let mut frame = self.frame(title);
        frame.menu = self.menu(Some(section));
        let home = Link::new(&section.name, path(section));
        let above = section.above.as_ref().map(|above| self.link(above));
        let steps = above.iter().chain([&home]).chain(steps).map(|step| Crumb {
            label: step.label.clone(),
            href: Some(step.href.clone()),
        });
        frame.breadcrumb = steps.collect();
        frame.breadcrumb.push(Crumb {
            label: title.to_owned(),
            href: None,
        });
        frame
    }

    pub(crate) fn menu(&self, current: Option<&Section>) -> Vec<MenuItem> {
        let items = self.visit.menu().map(|section| MenuItem {
            label: section.name.clone(),
            href: path(section),
            current: current.is_some_and(|current| current.plugin == section.plugin),
        });
        items.collect()
    }

    fn site(&self) -> view::Site {
        let visit = self.visit;
        let above = Some(visit.site.upper_line.clone()).filter(|line| !line.trim().is_empty());
        let above = above.or_else(|| visit.upper.as_ref().map(|upper| upper.name.clone()));
        let mut site = bare_site(&visit.site);
        site.authority.clone_from(&visit.organisation.name);
        site.contact.name.clone_from(&visit.organisation.name);
        site.upper_authority = above;
        site
    }
}

/// The address of a section on this site.
pub(crate) fn path(section: &Section) -> String {
    format!("/{}", section.path)
}

/// A site as it speaks for itself, without its organisation.
pub(crate) fn bare_site(site: &Site) -> view::Site {
    let above = Some(site.upper_line.clone()).filter(|line| !line.trim().is_empty());
    view::Site {
        name: site.name.clone(),
        authority: site.name.clone(),
        upper_authority: above,
        home: "/".to_owned(),
        search: SEARCH.to_owned(),
        search_description: OPEN_SEARCH.to_owned(),
        site_map: SITE_MAP.to_owned(),
        contact: Contact {
            name: site.name.clone(),
            address: site.contact.address.clone(),
            phone: site.contact.phone.clone(),
            fax: site.contact.fax.clone(),
            email: site.contact.email.clone(),
            responsible: site.contact.responsible.clone(),
        },
    }
}

/// What could not be used of what was asked, as notices.
pub(crate) fn warnings(complaints: &[String]) -> Vec<Notice> {
    let notices = complaints.iter().map(|complaint| Notice {
        tone: Tone::Warn,
        text: complaint.clone(),
        link: None,
    });
    notices.collect()
}
