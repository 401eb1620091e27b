#!/usr/bin/env node
// The conformance suite in Node's WebAssembly, through a host that was written from docs/abi.md alone.
//
//     node tests/conformance/run.mjs [MODULE…]        # default: target/tamis.wasm and target/tamis-nosimd.wasm
//
// It must not know what a policy or a verdict means: it sends the frames of `suite.json` and compares the replies. One line for
// each case, then the sum; the exit status is 1 when a case failed or none ran.

import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..", "..");
const MIB = 1 << 20;
const ABSENT = 0xffffffff;
const encode = (text) => new TextEncoder().encode(text);
// `fatal`, or broken UTF-8 would pass; `ignoreBOM`, or a byte order mark would be swallowed.
const decode = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);

// --- the host: docs/abi.md and nothing else -------------------------------------------------------------------------

class Host {
  constructor(module) {
    this.exports = new WebAssembly.Instance(module, {}).exports;
  }

  // Fetched anew for each use: every call may grow, and so move, the memory.
  get bytes() {
    return new Uint8Array(this.exports.memory.buffer);
  }

  input(length) {
    return this.exports.tamis_input(length) >>> 0;
  }

  answer(call, length) {
    const packed = BigInt.asUintN(64, this.exports[`tamis_${call}`](length));
    const [address, size] = [Number(packed >> 32n), Number(packed & 0xffffffffn)];
    if (address + size > this.bytes.length) throw new Error("the reply lies outside the memory");
    return this.bytes.slice(address, address + size);
  }

  call(call, request) {
    const address = this.input(request.length);
    if (address === 0 || address + request.length > this.bytes.length) throw new Error("there is no room for the request");
    this.bytes.set(request, address);
    return this.answer(call, request.length);
  }

  reset() {
    this.exports.tamis_reset();
  }
}

function frames(contents) {
  const parts = contents.map((content) => {
    const frame = new Uint8Array(4 + (content === null ? 0 : content.length));
    new DataView(frame.buffer).setUint32(0, content === null ? ABSENT : content.length, true);
    if (content !== null) frame.set(content, 4);
    return frame;
  });
  return concat(parts);
}

function concat(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// --- the suite: its README says what stands in it -------------------------------------------------------------------

function policyFile(path) {
  const name = path.replace(/^builtin:/, "");
  const file = join(name === path ? join(HERE, "policies") : join(ROOT, "policies"), name);
  return existsSync(file) ? new Uint8Array(readFileSync(file)) : null;
}

function frame(written) {
  if (written === null) return null;
  if (typeof written === "string") return encode(written);
  const [[form, value]] = Object.entries(written);
  switch (form) {
    case "base64":
      return new Uint8Array(Buffer.from(value, "base64"));
    case "file": {
      const content = policyFile(value);
      if (content === null) throw new Error(`the suite names ${value}, which is not there`);
      return content;
    }
    case "json":
      return encode(JSON.stringify(value));
    case "repeat":
      return encode(value[0].repeat(value[1]));
    case "parts":
      return concat(value.map((part) => frame(part) ?? new Uint8Array()));
    default:
      throw new Error(`the suite knows no frame \`${form}\``);
  }
}

/** The loop of tamis_load: until the module has what it needs. */
function load(host, root) {
  const files = new Map([[root, policyFile(root)]]);
  for (;;) {
    const reply = parse(host.call("load", frames([...files].flatMap(([path, content]) => [encode(path), content]))));
    if (!("needs" in reply)) return reply;
    const fresh = reply.needs.filter((path) => !files.has(path));
    if (fresh.length === 0) throw new Error("the module asks for files that it was sent");
    for (const path of fresh) files.set(path, policyFile(path));
  }
}

function parse(reply) {
  const text = decode(reply);
  if (text.includes("\n") || !text.startsWith("{")) throw new Error("a reply is one object on one line");
  return JSON.parse(text);
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** `"*"` stands for anything but null; `"?name"` for one value throughout a case, and another name for another value. */
function compare(expected, actual, names, at) {
  if (expected === "*") {
    if (actual === null || actual === undefined) throw new Error(`${at}: null`);
  } else if (typeof expected === "string" && expected.startsWith("?")) {
    if (!names.has(expected) && [...names.values()].includes(actual)) throw new Error(`${at}: ${expected} is the same as another name`);
    if (!names.has(expected)) names.set(expected, actual);
    if (names.get(expected) !== actual) throw new Error(`${at}: ${expected} is ${names.get(expected)} and ${actual}`);
  } else if (isObject(expected) && isObject(actual)) {
    const [wanted, found] = [Object.keys(expected).sort(), Object.keys(actual).sort()];
    if (wanted.join("\n") !== found.join("\n")) throw new Error(`${at}: members ${wanted} expected, ${found} found`);
    for (const key of wanted) compare(expected[key], actual[key], names, `${at}/${key}`);
  } else if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) throw new Error(`${at}: ${expected.length} items expected, ${actual.length} found`);
    expected.forEach((item, number) => compare(item, actual[number], names, `${at}/${number}`));
  } else if (expected !== actual) {
    throw new Error(`${at}: ${JSON.stringify(expected)} expected, ${JSON.stringify(actual)} found`);
  }
}

function run(host, { given, calls }) {
  const names = new Map();
  if (given !== undefined) {
    const reply = load(host, given);
    if (!reply.ok) throw new Error(`${given} does not load: ${JSON.stringify(reply)}`);
    names.set("?policy", reply.ok.policy);
  }
  calls.forEach((call, number) => {
    if (call.call === "reset") return host.reset();
    const request = "request" in call ? frame(call.request) : frames(call.frames.map(frame));
    return compare(call.reply, parse(host.call(call.call, request)), names, `call ${number}`);
  });
}

/** Every message of the labelled corpus gets, byte by byte, the verdict that the engine gives natively. */
function checkCorpus(host) {
  const lines = (name) => readFileSync(join(ROOT, "target", "corpus", name), "utf8").split("\n").slice(0, -1);
  const [events, verdicts] = [lines("events.jsonl"), lines("verdicts.jsonl")];
  if (events.length === 0 || events.length !== verdicts.length) throw new Error(`${events.length} events and ${verdicts.length} verdicts`);
  const reply = load(host, "builtin:default.toml");
  if (!reply.ok) throw new Error(`the built-in policy does not load: ${JSON.stringify(reply)}`);
  events.forEach((event, number) => {
    const verdict = decode(host.call("check", frames([null, null, encode(event)])));
    if (verdict !== verdicts[number]) throw new Error(`event ${number + 1} of ${events.length} gets another verdict than natively`);
  });
}

// --- what holds of every host ---------------------------------------------------------------------------------------

const WRONG_LENGTH = { error: { code: "malformed-request", message: "*", permanent: false } };

function checkSections(module, host) {
  const section = (name) => WebAssembly.Module.customSections(module, name);
  const [abi, engine] = [section("tamis.abi"), section("tamis.engine")];
  if (abi.length !== 1 || abi[0].byteLength !== 4 || new DataView(abi[0]).getUint32(0, true) !== 1) throw new Error("section tamis.abi has to say 1");
  if (host.exports.tamis_abi_version() !== 1) throw new Error("tamis_abi_version has to return 1");
  if (engine.length !== 1 || decode(new Uint8Array(engine[0])) === "") throw new Error("section tamis.engine has to name the engine's version");
  if (WebAssembly.Module.imports(module).length !== 0) throw new Error("the module has imports");
}

function checkInputLimit(host) {
  for (const length of [64 * MIB + 1, 0x7fffffff, 0x80000000, 0xffffffff]) {
    if (host.input(length) !== 0) throw new Error(`there is room for ${length} bytes`);
  }
  for (const length of [0, 1, 64 * MIB]) {
    const address = host.input(length);
    if (address === 0 || address + length > host.bytes.length) throw new Error(`there is no room for ${length} bytes`);
  }
}

function checkLengths(host) {
  for (const call of ["load", "classify", "check", "explain"]) {
    for (const [announced, said] of [[10, 11], [10, 9], [10, 0], [10, -1], [0, 64 * MIB], [64 * MIB + 1, 64 * MIB + 1]]) {
      host.input(announced);
      compare(WRONG_LENGTH, parse(host.answer(call, said)), new Map(), `${call}: ${announced} announced, ${said} said`);
    }
    // Announced once, answered once.
    host.call(call, frames([]));
    compare(WRONG_LENGTH, parse(host.answer(call, 0)), new Map(), `${call}: twice`);
  }
}

function main(paths) {
  const { cases } = JSON.parse(readFileSync(join(HERE, "suite.json"), "utf8"));
  let failures = 0;
  for (const path of paths) {
    if (!existsSync(path)) {
      console.error(`${path} is not there; run \`cargo xtask build\``);
      return 1;
    }
    const module = new WebAssembly.Module(readFileSync(path));
    const runs = [
      ["host: sections, version, imports", (host) => checkSections(module, host)],
      ["host: the longest request", checkInputLimit],
      ["host: a length other than announced", checkLengths],
      ["host: the labelled corpus", checkCorpus],
      ...cases.map((one) => [one.name, (host) => run(host, one)]),
    ];
    let failed = 0;
    for (const [name, check] of runs) {
      try {
        check(new Host(module));
        console.log(`ok      ${name}`);
      } catch (error) {
        failed += 1;
        console.log(`FAILED  ${name}: ${error.message}`);
      }
    }
    console.log(`${runs.length - failed} passed, ${failed} failed (${basename(path)}, WebAssembly in Node)`);
    failures += failed;
  }
  return failures > 0 || cases.length === 0 ? 1 : 0;
}

const modules = process.argv.slice(2);
process.exitCode = main(modules.length > 0 ? modules : ["tamis.wasm", "tamis-nosimd.wasm"].map((name) => join(ROOT, "target", name)));
