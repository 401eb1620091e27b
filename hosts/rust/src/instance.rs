//! One instance of the module in a store of its own: a call, the ranges it may name, and what its failure was.
//!
//! It must not know of policies: `pool` brings an instance to the policy in force. After any error of a call but
//! `RequestTooLong` the instance must not be used again, since a trap or a deadline stops the guest in the middle of whatever it
//! was doing; [`Instance::is_usable`] says so, and `pool` throws it away.

use std::ops::Range;

use wasmtime::{InstancePre, Memory, Module, ResourceLimiter, Store, StoreLimits, StoreLimitsBuilder, Trap, TypedFunc};

use crate::deadline::Deadline;
use crate::engine::{EngineError, Function};
use crate::frames::MAX_REQUEST;
use crate::module::ModuleError;

const MEMORY: &str = "memory";
const INPUT: &str = "tamis_input";
const VERSION: &str = "tamis_abi_version";
const RESET: &str = "tamis_reset";

/// The memory cap, which remembers that it said no: the guest sees a failed `memory.grow` and aborts, and that looks like
/// any other trap.
pub(crate) struct Cap {
    bytes: usize,
    limits: StoreLimits,
    refused: bool,
}

impl Cap {
    fn new(bytes: usize) -> Self {
        let limits = StoreLimitsBuilder::new().memory_size(bytes).memories(1).instances(1).build();
        Self { bytes, limits, refused: false }
    }
}

impl ResourceLimiter for Cap {
    fn memory_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        let granted = self.limits.memory_growing(current, desired, maximum)?;
        self.refused |= !granted;
        Ok(granted)
    }

    fn memory_grow_failed(&mut self, _error: wasmtime::Error) -> wasmtime::Result<()> {
        // Past the module's own maximum, or the machine has no more.
        self.refused = true;
        Ok(())
    }

    fn table_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        self.limits.table_growing(current, desired, maximum)
    }
}

/// Checks that the module has the exports of the ABI, so that a missing one is told of when the module is read.
pub(crate) fn check_exports(module: &Module) -> Result<(), ModuleError> {
    let missing = |name| ModuleError::Export { name };
    let number = |kind: &wasmtime::ValType| matches!(kind, wasmtime::ValType::I32);
    if module.get_export(MEMORY).is_none_or(|export| export.memory().is_none()) {
        return Err(missing(MEMORY));
    }
    let is = |name: &'static str, takes: usize, gives: &[bool]| {
        let export = module.get_export(name).ok_or(missing(name))?;
        let kind = export.func().ok_or(missing(name))?;
        let right = kind.params().len() == takes
            && kind.params().all(|kind| number(&kind))
            && kind.results().len() == gives.len()
            && kind
                .results()
                .zip(gives)
                .all(|(kind, wide)| if *wide { matches!(kind, wasmtime::ValType::I64) } else { number(&kind) });
        if right { Ok(()) } else { Err(missing(name)) }
    };
    const NARROW: &[bool] = &[false];
    const WIDE: &[bool] = &[true];
    is(VERSION, 0, NARROW)?;
    is(INPUT, 1, NARROW)?;
    for function in Function::ALL {
        is(function.export(), 1, WIDE)?;
    }
    is(RESET, 0, &[])
}

pub(crate) struct Instance {
    store: Store<Cap>,
    memory: Memory,
    input: TypedFunc<u32, u32>,
    calls: [TypedFunc<u32, u64>; 4],
    usable: bool,
}

impl Instance {
    /// Instantiates the module. Were it to have start code, the cap and the deadline would hold for that too.
    pub(crate) fn new(module: &InstancePre<Cap>, cap: usize, deadline: Deadline) -> Result<Self, EngineError> {
        let failed = |error: wasmtime::Error| EngineError::Instantiate(short(&error));
        let missing = |name: &str| EngineError::Instantiate(format!("no export `{name}`"));
        let mut store = Store::new(module.module().engine(), Cap::new(cap));
        store.limiter(|cap| cap);
        store.set_epoch_deadline(deadline.ticks);
        let instance = module.instantiate(&mut store).map_err(failed)?;
        let memory = instance.get_memory(&mut store, MEMORY).ok_or_else(|| missing(MEMORY))?;
        let input = instance.get_typed_func(&mut store, INPUT).map_err(failed)?;
        let mut call = |function: Function| instance.get_typed_func(&mut store, function.export()).map_err(failed);
        let [load, classify, check, explain] = Function::ALL;
        let calls = [call(load)?, call(classify)?, call(check)?, call(explain)?];
        Ok(Self { store, memory, input, calls, usable: true })
    }

    /// What the export `tamis_abi_version` says.
    pub(crate) fn abi_version(module: &InstancePre<Cap>, cap: usize, deadline: Deadline) -> Result<u32, EngineError> {
        let failed = |error: wasmtime::Error| EngineError::Instantiate(short(&error));
        let mut store = Store::new(module.module().engine(), Cap::new(cap));
        store.limiter(|cap| cap);
        store.set_epoch_deadline(deadline.ticks);
        let instance = module.instantiate(&mut store).map_err(failed)?;
        let version = instance.get_typed_func::<(), u32>(&mut store, VERSION).map_err(failed)?;
        version.call(&mut store, ()).map_err(failed)
    }

    /// False after a trap, a deadline, or a reply that broke the ABI.
    pub(crate) fn is_usable(&self) -> bool {
        self.usable
    }

    /// The present size of the guest's memory, in bytes. It never shrinks.
    pub(crate) fn memory_size(&self) -> usize {
        self.memory.data_size(&self.store)
    }

    /// One call. The reply stands in the guest's memory until the next one; [`Instance::reply`] reads it.
    pub(crate) fn call(
        &mut self,
        function: Function,
        request: &[u8],
        deadline: Deadline,
    ) -> Result<Range<usize>, EngineError> {
        if request.len() > MAX_REQUEST {
            return Err(EngineError::RequestTooLong);
        }
        // Set back to true at the end: whatever leaves this function by `?` leaves the instance unusable.
        self.usable = false;
        let length = request.len() as u32;
        self.store.set_epoch_deadline(deadline.ticks);
        let address = match self.input.call(&mut self.store, length) {
            Ok(address) => address as usize,
            Err(error) => return Err(self.failure(function, &error, deadline)),
        };
        let lie = |what| EngineError::Lie { function, what };
        if address == 0 {
            return Err(lie("it made no room for a request that is short enough"));
        }
        // `data_mut` is taken anew here and below: the guest may have grown, and so moved, its memory.
        address
            .checked_add(request.len())
            .and_then(|end| self.memory.data_mut(&mut self.store).get_mut(address..end))
            .ok_or(lie("the request's address lies outside its memory"))?
            .copy_from_slice(request);
        let called = self.calls[function as usize].call(&mut self.store, length);
        let packed = match called {
            Ok(packed) => packed,
            Err(error) => return Err(self.failure(function, &error, deadline)),
        };
        let address = (packed >> 32) as usize;
        let end = address.saturating_add((packed & 0xffff_ffff) as usize);
        let reply =
            self.memory.data(&self.store).get(address..end).ok_or(lie("the reply's range lies outside its memory"))?;
        check_reply(reply).map_err(lie)?;
        self.usable = true;
        Ok(address..end)
    }

    /// The bytes that the last call answered.
    pub(crate) fn reply(&self, range: Range<usize>) -> &[u8] {
        // The range was checked by `call`, and memory never shrinks; were both to fail, no reply is still no panic.
        self.memory.data(&self.store).get(range).unwrap_or_default()
    }

    fn failure(&self, function: Function, error: &wasmtime::Error, deadline: Deadline) -> EngineError {
        let trap = error.downcast_ref::<Trap>();
        if trap == Some(&Trap::Interrupt) {
            return EngineError::Deadline {
                function,
                milliseconds: u64::try_from(deadline.duration.as_millis()).unwrap_or(u64::MAX),
            };
        }
        let cap = self.store.data();
        if cap.refused {
            return EngineError::Memory { function, cap: cap.bytes };
        }
        EngineError::Trap { function, trap: trap.map_or_else(|| short(error), ToString::to_string) }
    }
}

/// A reply is one JSON object on one line, in UTF-8. Whether it is JSON is for its reader; this much keeps a reply
/// from breaking the lines of a host that passes it on unread.
fn check_reply(reply: &[u8]) -> Result<(), &'static str> {
    if !(reply.starts_with(b"{") && reply.ends_with(b"}")) {
        return Err("the reply is no JSON object");
    }
    if reply.contains(&b'\n') {
        return Err("the reply is longer than one line");
    }
    if std::str::from_utf8(reply).is_err() {
        return Err("the reply is no UTF-8");
    }
    Ok(())
}

/// The innermost cause in one line: wasmtime's errors carry a backtrace of the guest.
pub(crate) fn short(error: &wasmtime::Error) -> String {
    let cause = error.root_cause().to_string();
    cause.lines().next().unwrap_or_default().to_owned()
}
