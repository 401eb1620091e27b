//! A URL that carries a user and a password: `postgres://app:S3cr3t!@db.example:5432/siv`.
//!
//! Source: RFC 3986, section 3.2.1, which deprecates the form for this very reason. Here the form itself says that it is a password, so
//! a plain word counts (people do choose `soleil`); placeholders, and the default account of a machine's own database, do not.

use super::{Judgement, placeholder};
use crate::verdict::Confidence;

/// Hosts that are nobody's: reserved names and the writer's own machine.
const OWN_HOSTS: &[&str] =
    &["localhost", "127.0.0.1", "[::1]", "0.0.0.0", "db", "postgres", "mysql", "redis", "mongo", "rabbitmq"];

/// The password in the URL.
pub(super) fn judge(value: &str) -> Option<Judgement> {
    let (scheme, rest) = value.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // People leave `/`, `#` and `@` in passwords unescaped: then the last @ of all divides, unless a port stood before the slash.
    let port = authority.rsplit_once(':').is_some_and(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    let divided = authority.rsplit_once('@').or_else(|| rest.rsplit_once('@').filter(|_| !port));
    let (user_info, host) = divided?;
    let (user, password) = user_info.split_once(':')?;
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, _) = host.rsplit_once(':').unwrap_or((host, ""));
    // « scott:tiger » is the account of every Oracle manual.
    let default_account = (user == password || (user, password) == ("scott", "tiger")) && OWN_HOSTS.contains(&name);
    let reserved = ["example.com", "example.org", "example.net", "example"].contains(&name);
    let carries = password.chars().count() >= 3
        && !name.is_empty()
        && !reserved
        && !default_account
        && !placeholder::stands_in(password)
        && !user.contains(['/', ' ']);
    let start = scheme.len() + 3 + user.len() + 1;
    carries.then(|| Judgement { value: start..start + password.len(), confidence: Confidence::High })
}

/// Whether the URL carries a password.
pub(super) fn accepts(value: &str) -> bool {
    judge(value).is_some()
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[track_caller]
    fn check(scheme: &str, user_info: &str, rest: &str, passes: bool) {
        // Put together here, so that no scanner takes this file for a leak.
        let url = format!("{scheme}://{user_info}@{rest}");
        assert_eq!(accepts(&url), passes, "{url}");
    }

    #[test]
    fn passwords_of_databases_and_sites_pass() {
        check("postgres", "admin:S3cr3t!", "db.interieur.local:5432/siv", true);
        check("https", "jdupont:soleil", "intranet.prefecture.local/", true);
        check("redis", ":Rouge-Gorge7", "cache.prefecture.local:6379", true);
        check("ftp", "depot:Mars/2026", "ftp.mairie.local", true);
        check("mongodb+srv", "app:q8Zr@Lm2", "cluster.prefecture.local", true);
    }

    #[test]
    fn placeholders_variables_and_masks_fail() {
        for password in ["password", "pass", "<password>", "***", "$PASS", "${DB_PASS}", "{{pass}}", "xxxx"] {
            check("postgres", &format!("user:{password}"), "db.interieur.local/siv", false);
        }
    }

    #[test]
    fn reserved_hosts_and_default_accounts_fail() {
        check("https", "alice:soleil42", "example.org/", false);
        check("https", "alice:soleil42", "example.com", false);
        check("postgres", "postgres:postgres", "localhost:5432/app", false);
        check("postgresql", "scott:tiger", "localhost/mydatabase", false);
    }

    #[test]
    fn links_without_a_password_fail() {
        for url in [
            "https://matrix.to/#/@alice:prefecture.local",
            "https://prefecture.local:8448/a@b",
            "https://prefecture.local",
            "ssh://git@forge.local/depot",
            "é:@",
        ] {
            assert!(!accepts(url), "{url}");
        }
    }
}
