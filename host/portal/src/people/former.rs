use dinh_domain::people::{FORMER_PASSWORDS, PasswordFault, password_faults};
use dinh_store::Account;

use crate::failure::Failure;
use crate::portal::Portal;

impl Portal {
    /// What is wrong with a new password of an account.
    pub(super) async fn faults_of(
        &self,
        account: &Account,
        password: &str,
        has_second_factor: bool,
    ) -> Result<Vec<PasswordFault>, Failure> {
        let mut faults = password_faults(password, &account.name, has_second_factor);
        if !faults.is_empty() {
            return Ok(faults);
        }
        let former = self.store().former_passwords(&account.id, FORMER_PASSWORDS);
        for hash in former.await? {
            if self.matches(password, Some(hash)).await? {
                faults.push(PasswordFault::Former);
                break;
            }
        }
        Ok(faults)
    }
}
