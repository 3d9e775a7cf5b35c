use dinh_portal::Assignable;
use dinh_render::view::{Crumb, FormsField, FormsForm, FormsPage, FormsPart, Page};

use super::rooms::select;
use super::setting::Setting;
use super::sign_in::{whole, with_form};

/// Field of the colleague.
pub(crate) const COLLEAGUE: &str = "nguoi-xu-ly";

/// Path of the page on which an entry is assigned.
pub(crate) fn path(entry: &str) -> String {
    format!("{}/giao", super::desk::entry_path(entry))
}

/// Who shall work on an entry.
pub(crate) fn page(
    setting: &Setting<'_>,
    entry: &str,
    it: &Assignable,
    wrong: Option<&str>,
) -> Page<FormsPage> {
    let text = |key| setting.text(key).to_owned();
    let mut texts = vec![setting.texts("office.assign_state", &[("state", &it.state)])];
    let now = it.assignee.as_ref();
    let choices = it.colleagues.iter();
    let choices = choices.map(|(id, name)| (id.to_string(), name.clone()));
    let part = if it.is_yours {
        texts.push(text("office.assign_text"));
        let typed = now.map(ToString::to_string).unwrap_or_default();
        let field = FormsField {
            help: Some(text("office.assign_help")),
            faults: wrong.map(str::to_owned).into_iter().collect(),
            ..select(setting, (COLLEAGUE, "office.assignee"), choices, &typed)
        };
        with_form(FormsForm {
            long: false,
            asks: false,
            action: path(entry),
            button: text("office.assign"),
            hidden: Vec::new(),
            fields: vec![field.described()],
        })
    } else {
        texts.push(text("office.assign_not_yours"));
        FormsPart::default()
    };
    let title = setting.texts("office.assign_title", &[("title", &it.title)]);
    let mut page = whole(setting, title, vec![FormsPart { texts, ..part }]);
    page.frame.breadcrumb.insert(
        0,
        Crumb {
            label: it.title.clone(),
            href: Some(super::desk::entry_path(entry)),
        },
    );
    page.frame.breadcrumb.insert(0, super::desk::crumb(setting));
    if let Some(wrong) = wrong {
        page.body.faults.push(match it.is_yours {
            true => text("people.faults"),
            false => wrong.to_owned(),
        });
    }
    page
}
