//! What a sender is told by mail, where they gave an address: that it came, each step of the page of their
//! link, and what is answered to them alone.

use dinh_domain::declaration::{Collection, PrivateKind};
use dinh_domain::ids::{CollectionId, EntryId, SiteId};
use dinh_domain::submission::Read;
use dinh_domain::workflow::Action;
use dinh_store::{DeskEntry, Submission, Transition, WriteTx};

use super::FormAt;
use crate::desk::told;
use crate::failure::Failure;
use crate::mail::{Says, To};
use crate::portal::Portal;
use crate::shown::{FormHint, FormShown};
use crate::visit::Visit;

/// What a form says of an address, where mail is sent.
const MAIL_HELP: &str = "Cổng gửi biên nhận và tin về từng bước xử lý tới địa chỉ này; xóa thông tin riêng thì không gửi nữa.";

/// Parameter of the link in a receipt by which its receiver says that the address is theirs.
pub const MAIL_SEAL: &str = "thu";

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

    /// What the link in a receipt carries that is mailed to an address: nobody has it but who reads the mail there.
    pub(crate) fn mail_seal(&self, entry: &EntryId, address: &str) -> Result<String, Failure> {
        let seal = self
            .seal_key()
            .mac(&format!("sender-mail/{entry}"), &address.to_lowercase());
        seal.map_err(Failure::internal)
    }

    /// Whether an address waits to be confirmed by who holds this seal.
    pub(super) async fn mail_waits(
        &self,
        (sending, entry): (&Submission, &DeskEntry),
        seal: &str,
    ) -> Result<bool, Failure> {
        if seal.is_empty() || sending.mail_confirmed_at.is_some() {
            return Ok(false);
        }
        let known = &entry.working.entry;
        match self.sender_address(&known.id, &known.collection).await? {
            Some(address) => Ok(self.mail_seal(&known.id, &address)? == seal),
            None => Ok(false),
        }
    }

    /// Confirms the address that a sender gave, by the seal that was mailed there. False where there is no such sending, or
    /// the seal is of none of its addresses.
    pub async fn confirm_sender_mail(
        &self,
        visit: &Visit,
        token: &str,
        seal: &str,
    ) -> Result<bool, Failure> {
        let Some((sending, entry)) = self.sending_by_token(visit, token).await? else {
            return Ok(false);
        };
        if sending.mail_confirmed_at.is_some() {
            return Ok(true);
        }
        if !self.mail_waits((&sending, &entry), seal).await? {
            return Ok(false);
        }
        let mut tx = self.store().begin_write().await?;
        tx.confirm_mail(&sending.entry, self.now()).await?;
        tx.audit(self.sender_act(&sending.entry, &visit.site, "mail-confirmed", None));
        tx.commit().await?;
        Ok(true)
    }

    /// What the office answered to the sender of an entry alone, in words; none where readers see the entry, or nothing is
    /// answered yet.
    pub(crate) async fn private_answer(
        &self,
        entry: &DeskEntry,
    ) -> Result<Option<Vec<(String, String)>>, Failure> {
        let known = &entry.working.entry;
        let (plugin, collection, flow) = self.declared_of(&known.collection)?;
        let is_private = entry.working.published.is_none() && entry.working.withdrawn.is_none();
        let is_answered = flow.answers.values().any(|it| *it == known.state)
            && !flow.unanswered.contains(&known.state);
        let (Some(answer), true) = (&collection.answer, is_private && is_answered) else {
            return Ok(None);
        };
        let lines = answer.fields.iter().filter_map(|name| {
            let field = collection.schema.get(name)?;
            let value = told(plugin, collection, &known.body, name)?;
            Some((plugin.text("vi", &field.label), value))
        });
        Ok(Some(lines.collect()))
    }

    /// Writes that something is answered to its sender alone, in the transaction that answers it.
    pub(crate) async fn write_answer(
        &self,
        tx: &mut WriteTx,
        (site, entry): (&SiteId, &EntryId),
    ) -> Result<(), Failure> {
        if !self.sends_mail() || !tx.has_known_sender(entry).await? {
            return Ok(());
        }
        match self.sealed_mail((site, To::Sender(entry)), &Says::Answer) {
            Ok(mail) => self.put_mail(tx, &mail).await,
            Err(error) => {
                tracing::error!(%error, %entry, "a sender is not told of an answer");
                Ok(())
            }
        }
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
