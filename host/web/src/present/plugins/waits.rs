use dinh_portal::WaitingLine;
use dinh_render::view::FormsPart;

use super::reasoned;
use crate::present::person::Forms;
use crate::present::sign_in::hidden;

/// A version that waits: what it asks for, what of that is new, and both answers.
pub(super) fn waits(forms: &Forms<'_>, it: &WaitingLine) -> Vec<FormsPart> {
    let setting = forms.setting;
    let words = [
        ("version", it.version.as_str()),
        ("publisher", it.publisher.as_str()),
    ];
    let mut texts = vec![setting.texts("plugins.waiting_text", &words)];
    if let Some(why) = &it.refused {
        texts.push(setting.texts("plugins.refused", &[("why", why)]));
    }
    texts.extend(it.may.iter().map(|(is_new, sentence)| match is_new {
        true => setting.texts("plugins.new", &[("it", sentence)]),
        false => sentence.clone(),
    }));
    let agree = forms.form(
        "plugins.agree",
        "agree",
        vec![hidden("ban-ke", &it.manifest)],
        Vec::new(),
    );
    let heading = Some(setting.texts("plugins.waiting", &words));
    let first = FormsPart {
        heading,
        texts,
        form: it.refused.is_none().then_some(agree),
        ..FormsPart::default()
    };
    let names = ("plugins.refuse", "refuse", "ly-do-tu-choi");
    let mut refuse = reasoned(forms, names, "plugins.refuse_text");
    if let Some(form) = &mut refuse.form {
        form.hidden.push(hidden("ban-ke", &it.manifest));
    }
    vec![first, refuse]
}
