use dinh_portal::OpenSetting;
use dinh_render::view::{FormsField, FormsPart};

use super::{ModuleRoom, setting_field};
use crate::present::rooms::{field, select};

impl ModuleRoom<'_> {
    pub(super) fn settings(&self, all: &[OpenSetting]) -> FormsPart {
        let fields = all.iter().map(|it| self.setting(it)).collect();
        self.part(("modules.set", "settings", "modules.set_text"), fields)
    }

    fn setting(&self, it: &OpenSetting) -> FormsField {
        let (setting, line) = (self.forms.setting, &it.line);
        let name = setting_field(&line.name);
        let holds = line.value.as_deref().unwrap_or_default();
        let typed = self.typed(&name, holds);
        let choices: Vec<(String, String)> = match line.kind.as_str() {
            "flag" => vec![
                ("true".to_owned(), setting.text("modules.yes").to_owned()),
                ("false".to_owned(), setting.text("modules.no").to_owned()),
            ],
            _ => it
                .choices
                .iter()
                .map(|it| (it.clone(), it.clone()))
                .collect(),
        };
        let mut field = match line.kind.as_str() {
            "flag" | "choice" => select(setting, (&name, "modules.set"), choices, typed),
            // Never shown again, neither what is set nor what was typed.
            "secret" => FormsField {
                autocomplete: "new-password",
                ..field(setting, (&name, "password", "modules.set"), "")
            },
            _ => field(setting, (&name, "text", "modules.set"), typed),
        };
        field.label.clone_from(&line.label);
        let key = match (line.kind.as_str(), line.is_set) {
            ("secret", true) => "modules.secret_set",
            ("secret", false) => "modules.secret_unset",
            (_, true) => "modules.is_set",
            (_, false) => "modules.is_default",
        };
        field.help = Some(setting.text(key).to_owned());
        self.faulty(field)
    }
}
