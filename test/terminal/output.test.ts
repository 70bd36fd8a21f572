import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { PROGRAM } from '../support/tools/program.ts';
import { commandTool, describeWith } from '../support/tools/required-tools.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const perl = commandTool('perl', 'apt-get install perl-base');

/** A dry run whose answer is longer than a pipe holds, 64 KiB: not by many roles, which take long to make. */
function longAnswer(): string {
  const file = join(scratchFolder(), 'answers.yaml');
  const role = (n: number) => `  - name: role-${n}x
    projects: [{ path: group/${'long-'.repeat(40)}${n} }]
    refs: { branches: [main] }
    permissions: {}
`;
  const roles = Array.from({ length: 300 }, (_, n) => role(n)).join('');
  writeFileSync(
    file,
    `version: 1
gitlab: { url: https://gitlab.com }
aws: { region: eu-west-1 }
provider: { mode: create }
roles:
${roles}output: hcl
state: { backend: local }
ci: { credentials: web-identity }
`,
  );
  return `'${process.execPath}' '${PROGRAM}' --dry-run --config '${file}'`;
}

function sh(script: string) {
  return spawnSync('bash', ['-o', 'pipefail', '-c', script], { encoding: 'utf8', maxBuffer: 1e7 });
}

test('a reader that has had enough, as head has, is not an error', () => {
  const { status, stdout, stderr } = sh(`${longAnswer()} | head -n 2`);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe('\n  GitLab    https://gitlab.com\n');
});

test('a closed output is not an error', () => {
  expect(sh(`${longAnswer()} >&- 2>&-`).status).toBe(0);
});

test('a full disk is one, and what was done is reported as done', () => {
  const { status, stderr } = sh(`${longAnswer()} > /dev/full`);
  expect(status).toBe(2);
  expect(stderr).toContain('no space left on device');
  expect(stderr).not.toContain('should not have happened');
  expect(sh(`${longAnswer()} --json > /dev/full`).status).toBe(2);
});

describeWith([perl], 'a pipe that does not block', () => {
  test('and is read slowly gets all of it', () => {
    const command = longAnswer();
    const whole = sh(command).stdout;
    expect(whole.length).toBeGreaterThan(65_536);
    const unblocked = `perl -MFcntl -e 'fcntl(STDOUT, F_SETFL, O_NONBLOCK | fcntl(STDOUT, F_GETFL, 0)); exec @ARGV' ${command}`;
    const { status, stdout, stderr } = sh(`${unblocked} | (sleep 1; cat)`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(whole);
  });
});
