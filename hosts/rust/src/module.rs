//! What is checked in a module's bytes before any of it is compiled or run: that it is whole, of our ABI, and asks for nothing.
//!
//! It reads section headers, two custom sections and the first import; wasmtime validates the rest. A crate that parses
//! WebAssembly would do the same in as many lines and say less about what to do.
//!
//! ```
//! let error = tamis_host::identify(b"\0asm\x01\0\0\0").unwrap_err();
//! assert!(matches!(error, tamis_host::ModuleError::NoAbi));
//! ```

use thiserror::Error;

/// The version of the ABI that this host speaks.
pub const ABI_VERSION: u32 = 1;

/// What a module says of itself in its custom sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// From `tamis.abi`; always [`ABI_VERSION`], since another is refused.
    pub abi: u32,
    /// From `tamis.engine`.
    pub engine: String,
}

/// Why bytes are no module that this host can run. Each says what to do.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModuleError {
    /// The bytes do not begin as a core module does.
    #[error("this is no core WebAssembly module (its first bytes are not those of one); give the path of tamis.wasm")]
    NotWasm,
    /// The bytes end within a section.
    #[error("the module is truncated: it ends within its {section} at byte {at}; copy or build it again")]
    Truncated {
        /// Where the bytes end.
        section: &'static str,
        /// The offset of what does not fit.
        at: usize,
    },
    /// There is no `tamis.abi`.
    #[error(
        "the module has no section `tamis.abi`, so it is not Tamis (or is older than ABI 1); build it with `cargo xtask build`"
    )]
    NoAbi,
    /// `tamis.abi` is not four bytes, or there are two of them.
    #[error("the module's section `tamis.abi` is not four bytes, once; build it again with `cargo xtask build`")]
    BadAbi,
    /// The module is of another version of the ABI.
    #[error(
        "the module speaks ABI {found}, this host speaks ABI {ABI_VERSION}; take a module and a host of the same release"
    )]
    OtherAbi {
        /// The module's version.
        found: u32,
    },
    /// `tamis.engine` is missing or no UTF-8.
    #[error("the module has no readable section `tamis.engine`; build it again with `cargo xtask build`")]
    NoEngine,
    /// The module imports something, so it could reach outside its memory.
    #[error(
        "the module imports `{module}.{name}`, but Tamis imports nothing; this is not a build of it, do not run it"
    )]
    Import {
        /// From where.
        module: String,
        /// What.
        name: String,
    },
    /// An export of the ABI is missing or of another type.
    #[error(
        "the module has no export `{name}` of the type that ABI {ABI_VERSION} gives it; build it again with `cargo xtask build`"
    )]
    Export {
        /// Which.
        name: &'static str,
    },
    /// wasmtime does not accept the module.
    #[error("the module is not valid: {0}; copy or build it again")]
    Invalid(String),
    /// wasmtime itself could not be set up.
    #[error("the WebAssembly runtime cannot start: {0}")]
    Runtime(String),
    /// The first instance could not be made.
    #[error(transparent)]
    FirstInstance(crate::EngineError),
}

const MAGIC: &[u8] = b"\0asm\x01\0\0\0";
const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;

/// Reads what a module says of itself, without compiling or running any of it.
pub fn identify(module: &[u8]) -> Result<Identity, ModuleError> {
    // A file cut off within its first eight bytes is truncated, not foreign.
    if module.len() < MAGIC.len() && MAGIC.starts_with(module) && !module.is_empty() {
        return Err(truncated("header", module.len()));
    }
    if !module.starts_with(MAGIC) {
        return Err(ModuleError::NotWasm);
    }
    let mut reader = Reader { bytes: module, at: MAGIC.len() };
    let mut abi = None;
    let mut engine = None;
    while let Some(kind) = reader.byte() {
        let mut section = reader.sized("section")?;
        match kind {
            CUSTOM => {
                let name = section.sized("custom section's name")?;
                match name.rest() {
                    b"tamis.abi" => {
                        let version = <[u8; 4]>::try_from(section.rest()).ok();
                        let first = abi.is_none();
                        abi = Some(version.filter(|_| first).ok_or(ModuleError::BadAbi)?);
                    }
                    b"tamis.engine" => engine = std::str::from_utf8(section.rest()).ok(),
                    _ => {}
                }
            }
            IMPORT => {
                let count = section.number("import section")?;
                if count > 0 {
                    let module = section.sized("import section")?.text();
                    let name = section.sized("import section")?.text();
                    return Err(ModuleError::Import { module, name });
                }
            }
            _ => {}
        }
    }
    let found = u32::from_le_bytes(abi.ok_or(ModuleError::NoAbi)?);
    if found != ABI_VERSION {
        return Err(ModuleError::OtherAbi { found });
    }
    Ok(Identity { abi: found, engine: engine.ok_or(ModuleError::NoEngine)?.to_owned() })
}

fn truncated(section: &'static str, at: usize) -> ModuleError {
    ModuleError::Truncated { section, at }
}

/// A part of the module; `at` stays an offset into the whole, for the messages.
struct Reader<'m> {
    bytes: &'m [u8],
    at: usize,
}

impl<'m> Reader<'m> {
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    /// An unsigned LEB128 number of 32 bits.
    fn number(&mut self, what: &'static str) -> Result<u32, ModuleError> {
        let start = self.at;
        let mut value = 0u64;
        for shift in (0..35).step_by(7) {
            let byte = self.byte().ok_or(truncated(what, start))?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return u32::try_from(value).map_err(|_| truncated(what, start));
            }
        }
        Err(truncated(what, start))
    }

    /// A length and that many bytes, as a reader of their own.
    fn sized(&mut self, what: &'static str) -> Result<Reader<'m>, ModuleError> {
        let start = self.at;
        let length = self.number(what)? as usize;
        let end = self.at.checked_add(length).filter(|end| *end <= self.bytes.len()).ok_or(truncated(what, start))?;
        let part = Reader { bytes: &self.bytes[..end], at: self.at };
        self.at = end;
        Ok(part)
    }

    fn rest(&self) -> &'m [u8] {
        &self.bytes[self.at..]
    }

    /// For a message: short, and nothing in it that a terminal would obey.
    fn text(&self) -> String {
        String::from_utf8_lossy(self.rest()).chars().take(64).map(|c| if c.is_control() { '?' } else { c }).collect()
    }
}
