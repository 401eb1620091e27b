//! Running a program to its end, and ending it with all that it started when this one is interrupted.
//!
//! Each child leads a process group of its own. A terminal sends Ctrl-C to the group in the foreground, which then is ours
//! alone; we pass it on to the child's whole group, so that cargo's compilers and a test's Synapse end too, also when the signal
//! came from `kill` and not from a terminal. A child that does not end within [`PATIENCE`] is killed.

use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::failure::Failure;

/// A Synapse that is told to stop writes its last transactions first.
const PATIENCE: Duration = Duration::from_secs(20);

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static RUNNING: Mutex<Option<u32>> = Mutex::new(None);

/// Installs the handler for SIGINT, SIGTERM and SIGHUP.
pub(crate) fn stop_children_when_interrupted() {
    let installed = ctrlc::set_handler(|| {
        let again = INTERRUPTED.swap(true, Ordering::SeqCst);
        match running() {
            None => std::process::exit(130),
            Some(group) if again => signal(group, "KILL"),
            Some(group) => {
                signal(group, "INT");
                std::thread::spawn(move || {
                    std::thread::sleep(PATIENCE);
                    signal(group, "KILL");
                });
            }
        }
    });
    if let Err(error) = installed {
        eprintln!("xtask: cannot watch for interrupts ({error}); children may outlive this command");
    }
}

fn running() -> Option<u32> {
    *RUNNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn set_running(child: Option<&Child>) {
    *RUNNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = child.map(Child::id);
}

/// The shell's own `kill`: a program of that name need not be installed, and the system call would need unsafe code.
fn signal(group: u32, name: &str) {
    let script = format!("kill -{name} -{group} 2>/dev/null");
    // A group that has ended meanwhile is what we want.
    let _ = Command::new("sh").arg("-c").arg(script).status();
}

/// Runs the command to its end; anything but success is a failure that shows the command.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    let shown = show(command);
    let status = {
        // A child in a group of its own would be stopped for reading from the terminal.
        command.stdin(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let mut child = command.spawn().map_err(|error| Failure::new(format!("cannot start `{shown}`: {error}")))?;
        set_running(Some(&child));
        let status = child.wait();
        set_running(None);
        if INTERRUPTED.load(Ordering::SeqCst) {
            // What the child left behind.
            signal(child.id(), "KILL");
            return Err(Failure::interrupted());
        }
        status.map_err(|error| Failure::new(format!("cannot wait for `{shown}`: {error}")))?
    };
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{shown}` failed ({status})")))
}

/// Whether the command succeeds, without showing what it says.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What the command prints, or none where it fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The command as a person would type it, without its environment.
fn show(command: &Command) -> String {
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(arguments);
    words.join(" ")
}
