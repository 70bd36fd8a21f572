/* Runs what `npm run lint` checks, as many at a time as there are processors, and prints the output of each when it ends. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The one that takes longest first. */
const CHECKS = [
  'eslint .',
  'prettier --check .',
  'tsc --noEmit',
  'depcruise src',
  'tsc --noEmit -p src/audit/map/browser',
  'knip',
];

const waiting = [...CHECKS];

async function lane() {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const { code, output } = await ended(check);
    process.stdout.write(`> ${check}\n${output}`);
    if (code !== 0) process.exitCode = 1;
  }
}

/** npm puts the programs of the project on the PATH. */
function ended(check) {
  const [command = '', ...args] = check.split(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

await Promise.all(Array.from({ length: availableParallelism() }, lane));
