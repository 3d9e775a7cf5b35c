//! `dinh user`: people with an account.

use clap::{Args, Subcommand};
use dinh_domain::dates::{LocalDate, Zone};
use dinh_domain::ids::OrganisationId;
use dinh_domain::people::{Grant, Role};
use dinh_portal::{AccountLine, By, Failure, Invited, NewPerson, Portal};
use dinh_web::{HttpOptions, PublicScheme};
use serde::{Deserialize, Serialize};

use crate::cli::{Output, decider};
use crate::command::{Command, Said, printed};
use crate::config::Config;
use crate::plugin_list::plain;

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Make an account and print the link with which its owner sets the password.
    Invite {
        /// To sign in with.
        name: String,
        /// What colleagues call the person.
        #[arg(long = "name", value_name = "NAME")]
        full_name: String,
        /// May be left out.
        #[arg(long, default_value = "")]
        email: String,
        #[command(flatten)]
        grant: GrantArguments,
        #[command(flatten)]
        by: Decider,
    },
    /// List accounts.
    List(Output),
    /// Let nobody sign in with an account; its sessions end at once.
    Disable(OnAccount),
    /// Let its owner sign in again, and take every lock off.
    Enable(OnAccount),
    /// Give a role; it holds from the next request on.
    Grant {
        /// The account.
        name: String,
        #[command(flatten)]
        grant: GrantArguments,
        /// First day, YYYY-MM-DD.
        #[arg(long)]
        from: Option<String>,
        /// Last day, YYYY-MM-DD.
        #[arg(long)]
        until: Option<String>,
        #[command(flatten)]
        by: Decider,
    },
    /// Take a role back; it holds no longer from the next request on.
    Revoke {
        /// The account.
        name: String,
        #[command(flatten)]
        grant: GrantArguments,
        #[command(flatten)]
        by: Decider,
    },
    /// Give everything that somebody has under way to a colleague.
    HandOver {
        /// Whose work it is.
        from: String,
        /// Who takes it over.
        to: String,
        /// Disable the former account too.
        #[arg(long)]
        disable: bool,
        #[command(flatten)]
        by: Decider,
    },
    /// Print a new link: password and second factor hold no longer, sessions end.
    Reset(OnAccount),
}

#[derive(Debug, Args)]
pub(crate) struct OnAccount {
    /// The account.
    name: String,
    #[command(flatten)]
    by: Decider,
}

#[derive(Debug, Args)]
pub(crate) struct GrantArguments {
    /// The role: `unit-officer`.
    #[arg(long)]
    role: String,
    /// The organisation where it is held.
    #[arg(long, value_name = "ORGANISATION")]
    at: String,
}

#[derive(Debug, Args)]
pub(crate) struct Decider {
    /// Who decides; the user's name where none is given.
    #[arg(long)]
    by: Option<String>,
}

/// One piece of work.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct UserWork {
    /// Who says so.
    pub by: String,
    /// What.
    pub what: UserAct,
}

/// What is done.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum UserAct {
    /// Invite somebody.
    Invite {
        /// To sign in with.
        name: String,
        /// The person.
        full_name: String,
        /// May be empty.
        email: String,
        /// The first role.
        grant: Grant,
        /// Where the link leads.
        link: LinkBase,
    },
    /// List accounts.
    List {
        /// As JSON.
        json: bool,
    },
    /// Disable one.
    Disable(String),
    /// Enable one.
    Enable(String),
    /// Give a role.
    Grant {
        /// The account.
        name: String,
        /// The role.
        grant: Grant,
        /// First day.
        from: Option<LocalDate>,
        /// Last day.
        until: Option<LocalDate>,
    },
    /// Take a role back.
    Revoke {
        /// The account.
        name: String,
        /// The role.
        grant: Grant,
    },
    /// Hand work over.
    HandOver {
        /// Whose work it is.
        from: String,
        /// Who takes it over.
        to: String,
        /// Whether the former account is disabled too.
        disables: bool,
    },
    /// Invite anew.
    Reset {
        /// The account.
        name: String,
        /// Where the link leads.
        link: LinkBase,
    },
}

/// How addresses of the admin host begin.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LinkBase {
    /// Scheme.
    pub scheme: PublicScheme,
    /// Port, where it is not the scheme's own.
    pub port: Option<u16>,
    /// The host; none is the first site's.
    pub host: Option<String>,
}

impl LinkBase {
    fn of(config: &Config) -> Self {
        let scheme = config.public_scheme.parse().unwrap_or_default();
        // Without encryption there is no proxy to say another port.
        let own = (scheme == PublicScheme::Http).then_some(config.listen.port());
        Self {
            scheme,
            port: config.public_port.or(own),
            host: config.admin_host.clone(),
        }
    }

    async fn to(self, portal: &Portal, it: &Invited) -> Result<String, Failure> {
        let host = match self.host {
            Some(host) => host,
            None => portal.first_host().await?,
        };
        let options = HttpOptions {
            public_scheme: self.scheme,
            public_port: self.port,
            ..HttpOptions::default()
        };
        let until = it.expires_at.rfc3339_in(&Zone::default());
        Ok(format!(
            "{}/loi-moi/{}\nwhoever opens it first sets the password; it holds until {until}",
            options.origin(&host),
            it.token
        ))
    }
}

/// What a command line asks for.
pub(crate) fn wanted(config: &Config, command: UserCommand) -> Result<Command, String> {
    let link = LinkBase::of(config);
    let (by, what) = match command {
        UserCommand::Invite {
            name,
            full_name,
            email,
            grant,
            by,
        } => {
            let grant = granted(&grant)?;
            let act = UserAct::Invite {
                name,
                full_name,
                email,
                grant,
                link,
            };
            (by.by, act)
        }
        UserCommand::List(it) => (None, UserAct::List { json: it.json }),
        UserCommand::Disable(it) => (it.by.by, UserAct::Disable(it.name)),
        UserCommand::Enable(it) => (it.by.by, UserAct::Enable(it.name)),
        UserCommand::Grant {
            name,
            grant,
            from,
            until,
            by,
        } => {
            let grant = granted(&grant)?;
            let (from, until) = (day(from)?, day(until)?);
            let act = UserAct::Grant {
                name,
                grant,
                from,
                until,
            };
            (by.by, act)
        }
        UserCommand::Revoke { name, grant, by } => {
            let grant = granted(&grant)?;
            (by.by, UserAct::Revoke { name, grant })
        }
        UserCommand::HandOver {
            from,
            to,
            disable: disables,
            by,
        } => (by.by, UserAct::HandOver { from, to, disables }),
        UserCommand::Reset(it) => (
            it.by.by,
            UserAct::Reset {
                name: it.name,
                link,
            },
        ),
    };
    let by = decider(by);
    Ok(Command::User(UserWork { by, what }))
}

fn granted(it: &GrantArguments) -> Result<Grant, String> {
    Ok(Grant {
        role: Role::new(&it.role).map_err(|error| error.to_string())?,
        organisation: OrganisationId::new(&it.at).map_err(|error| error.to_string())?,
    })
}

fn day(text: Option<String>) -> Result<Option<LocalDate>, String> {
    let read = text.as_deref().map(LocalDate::parse).transpose();
    read.map_err(|error| error.to_string())
}

/// Does it.
pub(crate) async fn execute(portal: &Portal, work: UserWork) -> Result<Said, String> {
    if let UserAct::List { json } = work.what {
        let lines = portal.account_lines().await.map_err(|it| it.to_string())?;
        return printed(json, &lines, line);
    }
    let said = done(portal, &work.by, work.what).await;
    said.map(Said::done).map_err(|failure| failure.to_string())
}

async fn done(portal: &Portal, by: &str, what: UserAct) -> Result<String, Failure> {
    let by = By::Operator(by);
    match what {
        UserAct::List { .. } => Ok(String::new()),
        UserAct::Invite {
            name,
            full_name,
            email,
            grant,
            link,
        } => {
            let person = NewPerson {
                name,
                full_name,
                email,
                grants: vec![grant],
            };
            let invited = portal.invite(by, &person).await?;
            link.to(portal, &invited).await
        }
        UserAct::Disable(name) => {
            portal.disable_account(by, &name).await?;
            Ok(format!("{name} is disabled"))
        }
        UserAct::Enable(name) => {
            portal.enable_account(by, &name).await?;
            Ok(format!("{name} is enabled"))
        }
        UserAct::Grant {
            name,
            grant,
            from,
            until,
        } => {
            portal.give_role(by, &name, &grant, (from, until)).await?;
            let (role, at) = (grant.role.as_str(), &grant.organisation);
            Ok(format!("{name} is {role} at {at}"))
        }
        UserAct::Revoke { name, grant } => {
            portal.take_role(by, &name, &grant).await?;
            let (role, at) = (grant.role.as_str(), &grant.organisation);
            Ok(format!("{name} is {role} at {at} no longer"))
        }
        UserAct::HandOver { from, to, disables } => {
            let done = portal.hand_over(by, (&from, &to), disables).await?;
            let left = done
                .left
                .iter()
                .map(|it| format!("\nleft, not for {to}: {it}"));
            let left: String = left.collect();
            Ok(format!(
                "{} entries of {from} are {to}'s now{left}",
                done.moved
            ))
        }
        UserAct::Reset { name, link } => {
            let invited = portal.reset_account(by, &name).await?;
            link.to(portal, &invited).await
        }
    }
}

fn line(it: &AccountLine) -> String {
    let factor = if it.second_factor { "totp" } else { "-" };
    let locked = it
        .locked_until
        .as_ref()
        .map(|at| format!("  locked until {at}"));
    let seen = it.last_seen.as_deref().unwrap_or("never");
    plain(&format!(
        "{:24} {:9} {factor:4} {seen:25} {}  {}{}",
        it.name,
        it.state,
        it.full_name,
        it.roles.join(", "),
        locked.unwrap_or_default()
    ))
}
