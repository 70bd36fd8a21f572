/*
 * The process of `shared-process.ts`: it runs the built program for each message that it gets, as `node dist/cli.js` does,
 * and answers with what the program printed and its exit code. Each run evaluates every module of the program again, so
 * nothing that a module remembers goes from one run to the next; only Node itself and the compiled code are kept.
 */
import fs from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname, sep } from 'node:path';
import { setImmediate } from 'node:timers';
import { constants, Script } from 'node:vm';

const program = process.argv[2];
const dist = dirname(program) + sep;
const require = createRequire(program);

/** @type {Map<string, Script>} */
const compiled = new Map();
const compile = Module.prototype._compile;
Module.prototype._compile = function (text, path) {
  if (!path.startsWith(dist)) return compile.call(this, text, path);
  let script = compiled.get(path);
  if (script === undefined) {
    script = new Script(Module.wrap(text.replace(/^#!.*/, '')), {
      filename: path,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    compiled.set(path, script);
  }
  const own = (name) => this.require(name);
  return script.runInThisContext().call(this.exports, this.exports, own, this, path, dirname(path));
};

// Node warns once that this is new, which is not the program's affair.
new Script("import('node:fs')", {
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext();

/** Ends what called `process.exit`, which does not return. */
const EXIT = new Error('The run has ended.');
const ownListeners = new Map();
/** @type {{ stdout: Buffer[], stderr: Buffer[] } | undefined} */
let printed;
let usedStdin = false;

const streams = new Map([
  [1, 'stdout'],
  [2, 'stderr'],
]);
const writeSync = fs.writeSync;
fs.writeSync = (fd, data, ...more) => {
  const stream = streams.get(fd);
  if (stream === undefined) return writeSync(fd, data, ...more);
  const [offset = 0, length = data.length - offset] = more;
  const bytes =
    typeof data === 'string' ? Buffer.from(data) : data.subarray(offset, offset + length);
  printed?.[stream].push(Buffer.from(bytes));
  return bytes.length;
};
for (const stream of streams.values()) {
  process[stream].write = (data) => {
    printed?.[stream].push(Buffer.from(data));
    return true;
  };
}
const stdin = Object.getOwnPropertyDescriptor(process, 'stdin');
Object.defineProperty(process, 'stdin', {
  ...stdin,
  get() {
    usedStdin = true;
    return stdin.get.call(process);
  },
});

process.exit = (code = process.exitCode ?? 0) => {
  if (printed !== undefined) {
    process.exitCode = code;
    for (const listener of process.rawListeners('exit')) listener.call(process, code);
    answer(code);
  }
  throw EXIT;
};
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error) => {
    if (error === EXIT || printed === undefined) return;
    printed.stderr.push(Buffer.from(`${error instanceof Error ? error.stack : String(error)}\n`));
    answer(1);
  });
}
process.on('disconnect', () => process.reallyExit(0));
process.on('message', ({ args, cwd, environment }) => {
  printed = { stdout: [], stderr: [] };
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) {
    if (!Object.hasOwn(environment, name)) delete process.env[name];
  }
  for (const [name, value] of Object.entries(environment)) {
    if (process.env[name] !== value) process.env[name] = value;
  }
  process.argv = [process.execPath, program, ...args];
  require(program);
});
for (const event of process.eventNames()) ownListeners.set(event, process.rawListeners(event));

/** Sends what came of the run. A process in which something goes on is not used again: a run of its own would have ended it. */
function answer(exitCode) {
  const { stdout, stderr } = printed;
  printed = undefined;
  process.exitCode = undefined;
  process.chdir('/');
  for (const event of process.eventNames()) {
    const kept = ownListeners.get(event) ?? [];
    for (const listener of process.rawListeners(event)) {
      if (!kept.includes(listener)) process.removeListener(event, listener);
    }
  }
  for (const path of Object.keys(require.cache)) {
    if (path.startsWith(dist)) delete require.cache[path];
  }
  const text = (chunks) => Buffer.concat(chunks).toString();
  send({ exitCode, stdout: text(stdout), stderr: text(stderr) });
}

/** A file that was read is closed a moment later. */
function send(run, moments = 100) {
  const left = process.getActiveResourcesInfo().filter((one) => one !== 'PipeWrap');
  if (moments > 0 && left.length > 0) {
    setImmediate(() => {
      send(run, moments - 1);
    });
    return;
  }
  // Connections may be kept for the next request.
  const isLast =
    left.length > 0 || usedStdin || process.moduleLoadList.includes('NativeModule https');
  process.send({ ...run, isLast }, () => {
    if (isLast) process.reallyExit(0);
  });
}
