// Loaded before the program (node --import): kills it where it is about to change the disk for the nth time.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const CHANGES = [
  'mkdirSync',
  'renameSync',
  'unlinkSync',
  'rmdirSync',
  'rmSync',
  'writeFileSync',
  'writeSync',
  'chmodSync',
];
let left = Number(process.env['KILL_AT_STEP']);

for (const name of CHANGES) {
  const change = fs[name];
  fs[name] = (...args) => {
    if (--left === 0) process.kill(process.pid, 'SIGKILL');
    return change(...args);
  };
}
syncBuiltinESMExports();
