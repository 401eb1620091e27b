//! Instances kept ready, each in a store of its own; thrown away after a failure, brought to the policy in force before they are lent.
//!
//! A [`Pool`] is shared by threads. A [`Lease`] is one thread's turn with an instance; it heals itself: after a trap or a deadline
//! its next call runs in a new instance with the policy loaded again, so a caller need only look at each call's result.
//!
//! - An instance is dropped after any failure of the module (`instance` says which).
//! - It is dropped, too, when its memory has grown by more than the watermark since it loaded its policy: linear memory never
//!   shrinks, so one message of 60 MiB would be paid for until the end. Growth, not size: a policy of 100,000 terms is large for good.
//! - A policy loaded with [`Pool::load`] takes force for the calls that begin afterwards; one that does not load changes nothing.

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use wasmtime::{
    Config, Engine as Runtime, InstanceAllocationStrategy, InstancePre, Linker, Module, PoolingAllocationConfig,
};

use crate::cache;
use crate::deadline::{Deadline, Ticker, tick_for};
use crate::engine::{Engine, EngineError, Function};
use crate::files::Files;
use crate::frames::Frames;
use crate::instance::{Cap, Instance, check_exports, short};
use crate::load::{Bundle, LoadError, Loaded};
use crate::module::{ABI_VERSION, Identity, ModuleError, identify};

/// Limits and the cache, set before the module is compiled.
#[derive(Debug)]
pub struct Builder {
    module: Vec<u8>,
    instances: usize,
    deadline: Duration,
    load_deadline: Duration,
    memory: usize,
    watermark: usize,
    cache: Option<PathBuf>,
}

impl Builder {
    /// How many instances may run at once (default: one for each core). Further callers wait.
    pub fn instances(mut self, instances: usize) -> Self {
        self.instances = instances.clamp(1, 256);
        self
    }

    /// How long one call may take (default: 2 s, a hundred thousand times what a message costs).
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// How long loading a policy may take (default: 30 s; the built-in one takes milliseconds, 100,000 terms take longer).
    pub fn load_deadline(mut self, deadline: Duration) -> Self {
        self.load_deadline = deadline;
        self
    }

    /// The memory cap of one instance in bytes (default: 256 MiB, which is also the module's own maximum).
    pub fn memory(mut self, bytes: usize) -> Self {
        self.memory = bytes;
        self
    }

    /// By how many bytes an instance may grow after loading before it is replaced (default: 32 MiB).
    pub fn watermark(mut self, bytes: usize) -> Self {
        self.watermark = bytes;
        self
    }

    /// A folder where the compiled module is kept (default: none, it is compiled each time; that takes 0.6 s or more).
    ///
    /// What stands there is machine code that this process will run: it must be a folder that only its user can write to, so
    /// one that its group or others may write to is not used. A folder that cannot be used is no failure.
    pub fn cache(mut self, folder: Option<PathBuf>) -> Self {
        self.cache = folder;
        self
    }

    /// Checks, compiles and instantiates the module.
    pub fn build(self) -> Result<Pool, ModuleError> {
        let identity = identify(&self.module)?;
        let runtime = self.runtime()?;
        let module = Module::new(&runtime, &self.module).map_err(|error| ModuleError::Invalid(short(&error)))?;
        check_exports(&module)?;
        let module =
            Linker::new(&runtime).instantiate_pre(&module).map_err(|error| ModuleError::Invalid(short(&error)))?;
        let tick = tick_for(self.deadline.min(self.load_deadline));
        let ticker = Ticker::start(&runtime, tick).map_err(|error| ModuleError::Runtime(error.to_string()))?;
        let pool = Pool {
            identity,
            module,
            deadline: Deadline::new(self.deadline, tick),
            load_deadline: Deadline::new(self.load_deadline, tick),
            memory: self.memory,
            watermark: self.watermark,
            shelf: Mutex::new(Shelf { idle: Vec::new(), free: self.instances, policy: None }),
            returned: Condvar::new(),
            _ticker: ticker,
        };
        let found =
            Instance::abi_version(&pool.module, pool.memory, pool.deadline).map_err(ModuleError::FirstInstance)?;
        if found != ABI_VERSION {
            return Err(ModuleError::OtherAbi { found });
        }
        Ok(pool)
    }

    /// With the pooling allocator an instance takes 3 µs instead of 14 to 21. It reserves 4 GiB of address space a slot, which a
    /// machine with a limit on that (`ulimit -v`) refuses: then instances are allocated as they come.
    fn runtime(&self) -> Result<Runtime, ModuleError> {
        let mut pooling = PoolingAllocationConfig::new();
        // One more than are lent: `build` looks at the version in an instance of its own.
        let slots = u32::try_from(self.instances + 1).unwrap_or(u32::MAX);
        pooling
            .total_core_instances(slots)
            .total_memories(slots)
            .total_tables(slots)
            .max_memory_size(self.memory)
            .max_unused_warm_slots(slots);
        let mut config = self.config();
        config.allocation_strategy(InstanceAllocationStrategy::Pooling(pooling));
        Runtime::new(&config)
            .or_else(|_| Runtime::new(&self.config()))
            .map_err(|error| ModuleError::Runtime(short(&error)))
    }

    fn config(&self) -> Config {
        let mut config = Config::new();
        config
            .epoch_interruption(true)
            // Twice wasmtime's default: reading a policy recurses as deep as its regular expressions are nested. Half of the stack of
            // a thread that Rust starts.
            .max_wasm_stack(1 << 20)
            // The same bytes of verdict on every machine.
            .wasm_relaxed_simd(false)
            .wasm_memory64(false)
            .wasm_multi_memory(false);
        config.cache(self.cache.as_deref().and_then(cache::at));
        config
    }
}

/// The compiled module and its instances. `Send + Sync`; drop it to stop its thread.
pub struct Pool {
    identity: Identity,
    module: InstancePre<Cap>,
    deadline: Deadline,
    load_deadline: Deadline,
    memory: usize,
    watermark: usize,
    shelf: Mutex<Shelf>,
    returned: Condvar,
    _ticker: Ticker,
}

struct Shelf {
    idle: Vec<Ready>,
    /// How many more leases may be out.
    free: usize,
    policy: Option<Arc<Bundle>>,
}

/// What an instance has loaded.
enum Held {
    Nothing,
    /// A policy that is not, or not yet, in force.
    Trial,
    InForce(Arc<Bundle>),
}

/// An instance, what it has loaded, and the size of its memory after that.
struct Ready {
    instance: Instance,
    held: Held,
    floor: usize,
}

impl Ready {
    fn holds(&self, policy: Option<&Arc<Bundle>>) -> bool {
        match (&self.held, policy) {
            (Held::Nothing, None) => true,
            (Held::InForce(mine), Some(wanted)) => Arc::ptr_eq(mine, wanted),
            _ => false,
        }
    }

    fn hold(&mut self, held: Held) {
        self.held = held;
        self.floor = self.instance.memory_size();
    }

    fn has_outgrown(&self, watermark: usize) -> bool {
        self.instance.memory_size() > self.floor.saturating_add(watermark)
    }
}

impl Pool {
    /// Starts with a module's bytes.
    pub fn builder(module: impl Into<Vec<u8>>) -> Builder {
        const MIB: usize = 1 << 20;
        Builder {
            module: module.into(),
            instances: std::thread::available_parallelism().map_or(1, usize::from),
            deadline: Duration::from_secs(2),
            load_deadline: Duration::from_secs(30),
            memory: 256 * MIB,
            watermark: 32 * MIB,
            cache: None,
        }
    }

    /// What the module says of itself.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Loads the policy whose root is `root`, with the files it asks for; on success it takes force for all later calls.
    pub fn load(&self, root: &str, files: &dyn Files) -> Result<Loaded, LoadError> {
        let mut lease = self.lease();
        let loaded = crate::load::load(&mut lease, root, files)?;
        self.put_in_force(&loaded.bundle);
        if let Some(ready) = &mut lease.ready {
            // The instance on which it was tried need not load it again.
            ready.hold(Held::InForce(Arc::clone(&loaded.bundle)));
        }
        Ok(loaded)
    }

    /// Puts a policy in force that was loaded before, by this pool or another engine.
    pub fn put_in_force(&self, bundle: &Arc<Bundle>) {
        let mut shelf = self.shelf();
        shelf.policy = Some(Arc::clone(bundle));
        // They hold the old policy; their memory is worth more than the microseconds that a new instance costs.
        shelf.idle.clear();
    }

    /// A room's description into facts, without the loop of [`crate::classify()`].
    pub fn classify(&self, description: &[u8]) -> Result<Vec<u8>, EngineError> {
        let mut request = Frames::new();
        request.push(description)?;
        self.lease().call(Function::Classify, request.as_bytes()).map(<[u8]>::to_vec)
    }

    /// One event into one verdict. `facts` is `None` where nothing is known of the room.
    pub fn check(&self, options: &[u8], facts: Option<&[u8]>, event: &[u8]) -> Result<Vec<u8>, EngineError> {
        self.about_event(Function::Check, options, facts, event)
    }

    /// One event into an account of its verdict; holds message text.
    pub fn explain(&self, options: &[u8], facts: Option<&[u8]>, event: &[u8]) -> Result<Vec<u8>, EngineError> {
        self.about_event(Function::Explain, options, facts, event)
    }

    fn about_event(
        &self,
        function: Function,
        options: &[u8],
        facts: Option<&[u8]>,
        event: &[u8],
    ) -> Result<Vec<u8>, EngineError> {
        let mut request = Frames::new();
        request.push(options)?;
        request.push_or_absent(facts)?;
        request.push(event)?;
        self.lease().call(function, request.as_bytes()).map(<[u8]>::to_vec)
    }

    /// A turn with an instance, for many calls without a copy of each reply. Waits while as many are out as there may be.
    pub fn lease(&self) -> Lease<'_> {
        let mut shelf =
            self.returned.wait_while(self.shelf(), |shelf| shelf.free == 0).unwrap_or_else(PoisonError::into_inner);
        shelf.free -= 1;
        let ready = shelf.idle.pop();
        drop(shelf);
        Lease { pool: self, ready }
    }

    /// The shelf is consistent between any two statements that hold it, so a poisoned lock is only a lock.
    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn new_instance(&self) -> Result<Ready, EngineError> {
        let instance = Instance::new(&self.module, self.memory, self.deadline)?;
        let floor = instance.memory_size();
        Ok(Ready { instance, held: Held::Nothing, floor })
    }

    fn new_instance_with(&self, policy: Option<Arc<Bundle>>) -> Result<Ready, EngineError> {
        let mut ready = self.new_instance()?;
        if let Some(policy) = policy {
            let request = policy.request();
            let reply = ready.instance.call(Function::Load, request, self.load_deadline)?;
            if !crate::load::is_loaded(ready.instance.reply(reply)) {
                return Err(EngineError::Reload);
            }
            ready.hold(Held::InForce(policy));
        }
        Ok(ready)
    }

    fn deadline_of(&self, function: Function) -> Deadline {
        match function {
            Function::Load => self.load_deadline,
            _ => self.deadline,
        }
    }
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shelf = self.shelf();
        formatter
            .debug_struct("Pool")
            .field("identity", &self.identity)
            .field("idle", &shelf.idle.len())
            .field("free", &shelf.free)
            .finish_non_exhaustive()
    }
}

/// One thread's turn with an instance of a [`Pool`].
pub struct Lease<'p> {
    pool: &'p Pool,
    /// None before the first call, and after a failure.
    ready: Option<Ready>,
}

impl std::fmt::Debug for Lease<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Lease").field("has_instance", &self.ready.is_some()).finish_non_exhaustive()
    }
}

impl Lease<'_> {
    /// An instance that holds the policy in force and has not outgrown its watermark.
    fn current(&mut self) -> Result<Ready, EngineError> {
        let policy = self.pool.shelf().policy.clone();
        let kept =
            self.ready.take().filter(|ready| ready.holds(policy.as_ref()) && !ready.has_outgrown(self.pool.watermark));
        // One that does not serve any more is gone by now: the allocator counts slots.
        match kept {
            Some(ready) => Ok(ready),
            None => self.pool.new_instance_with(policy),
        }
    }
}

impl Lease<'_> {
    /// The present size of its instance's memory in bytes, where it has one. Memory never shrinks.
    pub fn memory_size(&self) -> Option<usize> {
        self.ready.as_ref().map(|ready| ready.instance.memory_size())
    }
}

impl Engine for Lease<'_> {
    /// A `load` made through a lease is a trial on a bare instance, undone by the next call: [`Pool::load`] puts a policy in
    /// force. Bare, so that a policy in force that no longer loads cannot stand in the way of its successor.
    fn call(&mut self, function: Function, request: &[u8]) -> Result<&[u8], EngineError> {
        let mut ready = match function {
            Function::Load => {
                self.ready = None;
                self.pool.new_instance()?
            }
            _ => self.current()?,
        };
        let deadline = self.pool.deadline_of(function);
        let answer = ready.instance.call(function, request, deadline);
        if function == Function::Load {
            ready.hold(Held::Trial);
        }
        match answer {
            Ok(reply) => Ok(self.ready.insert(ready).instance.reply(reply)),
            Err(error) => {
                // Kept only where the request never reached it.
                self.ready = Some(ready).filter(|ready| ready.instance.is_usable());
                Err(error)
            }
        }
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        let ready = self.ready.take();
        let mut shelf = self.pool.shelf();
        shelf.free += 1;
        if let Some(ready) = ready
            && ready.holds(shelf.policy.as_ref())
            && !ready.has_outgrown(self.pool.watermark)
        {
            shelf.idle.push(ready);
        }
        drop(shelf);
        self.pool.returned.notify_one();
    }
}
