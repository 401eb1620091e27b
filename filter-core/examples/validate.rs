//! Asks validators: each line of standard input is a name, a space and a value; each line of the answer is 1 or 0.
//!
//! ```console
//! $ printf 'luhn 732829320\nluhn 732829321\n' | cargo run -q --release -p filter-core --example validate
//! 1
//! 0
//! ```

use std::io::{BufRead, BufWriter, Result, Write, stdin, stdout};

use filter_core::validator::find;

fn main() -> Result<()> {
    let mut answers = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let line = line?;
        let (name, value) = line.split_once(' ').unwrap_or((&line, ""));
        let answer = find(name).map(|validator| u8::from((validator.accepts)(value)));
        match answer {
            Some(answer) => writeln!(answers, "{answer}")?,
            None => writeln!(answers, "?")?,
        }
    }
    Ok(())
}
