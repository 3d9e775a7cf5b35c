//! What a sender is told by mail, where they gave an address: that it came, and each step of the page of their link.

use dinh_domain::declaration::{Collection, PrivateKind};
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::submission::Read;
use dinh_domain::workflow::Action;
use dinh_store::{Transition, WriteTx};

use super::FormAt;
use crate::failure::Failure;
use crate::mail::{Says, To};
use crate::portal::Portal;
use crate::shown::{FormHint, FormShown};

/// What a form says of an address, where mail is sent.
const MAIL_HELP: &str = "Cổng gửi biên nhận và tin về từng bước xử lý tới địa chỉ này; xóa thông tin riêng thì không gửi nữa.";

/// The private fields of a collection that are addresses of mail.
fn address_fields(collection: &Collection) -> impl Iterator<Item = &str> {
    let fields = collection.private.iter();
    let fields = fields.filter(|(_, it)| it.kind == PrivateKind::Email);
    fields.map(|(name, _)| name.as_str())
}

impl Portal {
    /// The address that a sender gave; none where none was given, or it was erased.
    pub(crate) async fn sender_address(
        &self,
        entry: &EntryId,
        collection: &CollectionId,
    ) -> Result<Option<String>, Failure> {
        let (_, collection, _) = self.declared_of(collection)?;
        let kept = self.private_fields(entry).await?;
        let mut names = address_fields(collection);
        let found = names.find_map(|name| kept.iter().find(|it| it.name == name));
        Ok(found.map(|it| it.value.clone()))
    }

    /// Says in a form what an address in it is used for.
    pub(super) fn offer_mail(&self, form: &mut FormShown) {
        if !self.sends_mail() {
            return;
        }
        for field in form
            .fields
            .iter_mut()
            .filter(|it| it.hint == FormHint::Email)
        {
            let own = field.help.take().map(|it| format!("{it} "));
            field.help = Some(own.unwrap_or_default() + MAIL_HELP);
        }
    }

    /// Writes the receipt of what was sent, where an address was given with it.
    pub(super) async fn write_receipt(
        &self,
        tx: &mut WriteTx,
        (site, entry): (&SiteId, &EntryId),
        (at, read): (&FormAt<'_>, &Read),
        token: &str,
    ) -> Result<(), Failure> {
        if !address_fields(at.collection).any(|name| read.private.contains_key(name)) {
            return Ok(());
        }
        let says = Says::Receipt {
            token: token.to_owned(),
        };
        self.write_mail(tx, (site, To::Sender(entry)), &says).await
    }

    /// Writes that a step was taken, where a sender of the entry is known who may have given an address.
    pub(crate) async fn write_step(
        &self,
        tx: &mut WriteTx,
        (site, entry): (&SiteId, &EntryId),
        (action, step): (&Action, &Transition),
    ) -> Result<(), Failure> {
        if action.internal || !self.sends_mail() || !tx.has_known_sender(entry).await? {
            return Ok(());
        }
        let says = Says::Step {
            what: action.label.clone(),
            reason: step.reason.clone(),
            at: step.at.0,
        };
        match self.sealed_mail((site, To::Sender(entry)), &says) {
            Ok(mail) => self.put_mail(tx, &mail).await,
            // Who handles what was sent goes on while the key is away.
            Err(error) => {
                tracing::error!(%error, %entry, "a sender is not told of a step");
                Ok(())
            }
        }
    }
}
