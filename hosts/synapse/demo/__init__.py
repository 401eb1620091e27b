"""The demonstration that `cargo xtask demo` runs."""
