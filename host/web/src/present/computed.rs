use dinh_portal::shown::Computed;
use dinh_render::view::{Link, Page, PluginPage};

use super::setting::{Setting, path};
use crate::asked::Asked;
use crate::percent;

/// A page that a plugin computed. With parameters it is one of many views of the same thing, which
/// search engines need not keep.
pub(crate) fn page(setting: &Setting<'_>, asked: &Asked, computed: Computed) -> Page<PluginPage> {
    let back = setting.link(&computed.back);
    let is_of_entry = back.href != path(&computed.section);
    let steps: &[Link] = if is_of_entry {
        std::slice::from_ref(&back)
    } else {
        &[]
    };
    let mut frame = setting.section_frame(&computed.section, &computed.title, steps);
    frame.canonical = Some(setting.absolute(&percent::tidy(&asked.path)));
    frame.noindex = !asked.params.is_empty() || computed.status != 200;
    let body = PluginPage {
        title: computed.title,
        html: computed.html,
        back: Some(back),
    };
    Page { frame, body }
}
