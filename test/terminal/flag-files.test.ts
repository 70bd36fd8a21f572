import { spawn, spawnSync, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { without } from '../../src/terminal/secrets.ts';
import { PROGRAM } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratch = scratchFolders();
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function bash(script: string) {
  const line = `program() { '${process.execPath}' '${PROGRAM}' "$@"; }; ${script}`;
  return spawnSync('bash', ['-c', line], { cwd: scratch(), encoding: 'utf8' });
}

test('claims and a token come by process substitution', () => {
  const claims = bash(`program doctor --json --claims <(sleep 0.3; echo '{"sub":"from a pipe"}')`);
  expect(JSON.parse(claims.stdout)).toMatchObject({ ok: true });
  const token = `${part({ alg: 'RS256' })}.${part({ sub: 'x' })}.a`;
  const whole = bash(`program doctor --json --token-file <(echo ${token})`);
  expect(JSON.parse(whole.stdout)).toMatchObject({ ok: true });
  expect(whole.stdout).not.toContain('[hidden]');
});

test('more than 16 MB are refused', () => {
  const { status, stderr } = bash('program doctor --claims /dev/zero');
  expect(stderr).toContain('has more than 16 MB');
  expect(status).toBe(2);
});

test.each(['--claims', '--token-file'])(
  'a pipe at %s that never ends, ends on SIGTERM',
  async (flag) => {
    const folder = scratch();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const child = spawn(process.execPath, [PROGRAM, 'doctor', flag, 'pipe'], { cwd: folder });
    await sleep(1500);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([143, null]);
  },
);

test('a secret is hidden, a letter is not', () => {
  expect(without(['e', undefined, 'wJalrXUtnFEMIK7MDENG'], 'key wJalrXUtnFEMIK7MDENG here')).toBe(
    'key [hidden] here',
  );
});
