use dinh_portal::OpenModule;
use dinh_render::view::{FormsField, FormsPart};

use super::ModuleRoom;

impl ModuleRoom<'_> {
    /// What readers will find no more, and why it is taken from them.
    pub(super) fn disable(&self, open: &OpenModule) -> FormsPart {
        let (setting, it) = (self.forms.setting, &open.line);
        let reason = FormsField {
            required: true,
            help: Some(setting.text("modules.reason_help").to_owned()),
            ..self.field(("ly-do", "text", "modules.reason"), "")
        };
        let mut part = self.part(
            ("modules.disable", "disable", "modules.disable_text"),
            vec![reason],
        );
        let count = open.public_entries.to_string();
        let words = [
            ("count", count.as_str()),
            ("path", it.mount.as_str()),
            ("host", it.host.as_str()),
            ("name", it.name.as_str()),
        ];
        for key in [
            "modules.gone_entries",
            "modules.gone_paths",
            "modules.gone_elsewhere",
            "modules.stays",
        ] {
            part.texts.push(setting.texts(key, &words));
        }
        part
    }
}
