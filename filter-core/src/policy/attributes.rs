//! What events never carry: an exception for a room that is named by its alias loads, and never applies.

use super::model::Except;

/// What is wrong with it, and what to write.
pub(super) type Never = (String, &'static str);

/// The attributes of an exception that no event has.
pub(super) fn never(except: &Except) -> Vec<Never> {
    let senders = except.senders.iter().filter(|sender| !is_user(sender)).map(|sender| {
        (format!("no user is called `{sender}`"), "a sender is written as in events: `@name:example.org`")
    });
    let servers =
        except.servers.iter().filter(|server| server.is_empty() || server.contains(['@', '!', '#', '/', ' ']));
    let servers = servers.map(|server| {
        (format!("no server is called `{server}`"), "a server is what stands behind the colon of a user: `example.org`")
    });
    rooms(&except.rooms).into_iter().chain(senders).chain(servers).collect()
}

/// Those that are no ids of rooms.
pub(super) fn rooms(rooms: &[String]) -> Vec<Never> {
    let wrong = rooms.iter().filter(|room| !room.starts_with('!'));
    let told = wrong.map(|room| {
        let help = "a room is named by its id, `!…`, which stays when its address `#…` or its name changes";
        (format!("no room has the id `{room}`"), help)
    });
    told.collect()
}

fn is_user(sender: &str) -> bool {
    sender.strip_prefix('@').is_some_and(|rest| rest.contains(':'))
}
