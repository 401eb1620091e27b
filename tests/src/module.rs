//! The module in wasmtime, with nothing between: what `tamis-host` keeps from its callers (a wrong length, the fuel that a call takes)
//! can be asked for here. A trap is a failure of the test.

use wasmtime::{Config, Engine, Memory, Store};

use crate::host::Host;

/// A compiled module.
pub struct Module {
    engine: Engine,
    module: wasmtime::Module,
}

/// What one call may use before the test gives up on it.
const FUEL: u64 = 200_000_000_000;

impl Module {
    /// Compiles the bytes of a module.
    pub fn compile(bytes: &[u8]) -> Self {
        let mut config = Config::new();
        config.consume_fuel(true);
        let engine = Engine::new(&config).expect("wasmtime starts");
        let module = wasmtime::Module::new(&engine, bytes).expect("the module is valid");
        Self { engine, module }
    }

    /// What the module asks its host for.
    pub fn imports(&self) -> usize {
        self.module.imports().len()
    }

    /// A new instance, with no policy.
    pub fn instance(&self) -> Instance {
        let mut store = Store::new(&self.engine, ());
        store.set_fuel(FUEL).expect("fuel is on");
        let instance = wasmtime::Instance::new(&mut store, &self.module, &[]).expect("it needs nothing");
        let memory = instance.get_memory(&mut store, "memory").expect("it exports its memory");
        Instance { store, instance, memory }
    }
}

/// One instance of the module.
pub struct Instance {
    store: Store<()>,
    instance: wasmtime::Instance,
    memory: Memory,
}

impl Instance {
    /// `tamis_input`
    pub fn input(&mut self, length: u32) -> u32 {
        let input = self.instance.get_typed_func::<u32, u32>(&mut self.store, "tamis_input").expect("it is exported");
        input.call(&mut self.store, length).expect("tamis_input does not trap")
    }

    /// Writes into the module's memory.
    pub fn write(&mut self, address: u32, bytes: &[u8]) {
        self.memory.write(&mut self.store, address as usize, bytes).expect("the address lies in the memory");
    }

    /// A call with a length, whatever `tamis_input` was told.
    pub fn answer(&mut self, export: &str, length: u32) -> Vec<u8> {
        self.store.set_fuel(FUEL).expect("fuel is on");
        let call = self.instance.get_typed_func::<u32, u64>(&mut self.store, export).expect("it is exported");
        let reply = call.call(&mut self.store, length).unwrap_or_else(|trap| panic!("{export} trapped: {trap:#}"));
        let (start, length) = ((reply >> 32) as usize, (reply & 0xffff_ffff) as usize);
        let range = start..start.checked_add(length).expect("a range of 32-bit numbers");
        self.memory.data(&self.store).get(range).expect("the reply lies in the memory").to_vec()
    }

    /// What the last call of a function that answers cost.
    pub fn fuel_of_last_call(&self) -> u64 {
        FUEL - self.store.get_fuel().expect("fuel is on")
    }
}

impl Host for Instance {
    fn call(&mut self, export: &str, request: &[u8]) -> Vec<u8> {
        let length = u32::try_from(request.len()).expect("a test's request is short");
        let address = self.input(length);
        assert_ne!(address, 0, "there is room for a request of {length} bytes");
        self.write(address, request);
        self.answer(export, length)
    }

    fn reset(&mut self) {
        let reset = self.instance.get_typed_func::<(), ()>(&mut self.store, "tamis_reset").expect("it is exported");
        reset.call(&mut self.store, ()).expect("tamis_reset does not trap");
    }
}
