use dinh_domain::ids::EntryId;
use dinh_portal::RecordForm;
use dinh_render::view::{Link, Page, PluginPage};

use super::desk::{crumb, entry_path};
use super::setting::Setting;

/// Path of the form by which something is entered for others about an entry.
pub(crate) fn path(entry: &str, collection: &str) -> String {
    format!("{}/nhap/{collection}", entry_path(entry))
}

/// The form.
pub(crate) fn page(
    setting: &Setting<'_>,
    (id, name): (&EntryId, &str),
    shown: RecordForm,
) -> Page<PluginPage> {
    let kind = shown.title.to_lowercase();
    let title = setting.texts("send.record", &[("kind", &kind)]);
    let mut frame = setting.lone_frame(&title);
    frame.noindex = true;
    frame.breadcrumb.insert(0, crumb(setting));
    let mut form = super::computed::form(setting, shown.form, path(id.as_str(), name));
    form.lead = vec![
        setting.texts("send.record_about", &[("title", &shown.about)]),
        setting.text("send.record_text").to_owned(),
    ];
    setting
        .text("send.record_save")
        .clone_into(&mut form.button);
    let body = PluginPage {
        title,
        html: None,
        back: Some(Link::new(shown.about, entry_path(id.as_str()))),
        form: Some(form),
    };
    Page { frame, body }
}
