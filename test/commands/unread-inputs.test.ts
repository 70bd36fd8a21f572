import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { PROGRAM, run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

/** Whole runs on inputs of which one holds no text: it is named with what to do, and the others are checked. */
const scratchFolder = scratchFolders();

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringLike: { 'gitlab.com:sub': 'project_path:acme*' } },
    },
  ],
};
const ROLE = JSON.stringify({
  RoleName: 'deploy',
  Arn: 'arn:aws:iam::123456789012:role/deploy',
  AssumeRolePolicyDocument: TRUST,
});

const ENCRYPTED = JSON.stringify({
  serial: 1,
  lineage: '00000000-0000-4000-8000-000000000000',
  meta: { 'key_provider.pbkdf2.own': 'eyJzYWx0IjoiIn0=' },
  encrypted_data: 'Zm9vYmFy',
  encryption_version: 'v0',
});

interface Unread {
  readonly name: string;
  readonly content: string | Buffer;
  /** Whether its lines can be distinguished. */
  readonly line: ':1' | '';
  readonly what: string;
  readonly fix: string;
}

const UNREAD: readonly Unread[] = [
  {
    name: 'terraform.tfstate',
    content: ENCRYPTED,
    line: ':1',
    what: 'OpenTofu encrypted this state or plan',
    fix: 'Give the output of tofu show -json, which decrypts it',
  },
  {
    name: 'details.json.gz',
    content: gzipSync(ROLE),
    line: '',
    what: 'It is compressed with gzip',
    fix: 'Unpack it first, e.g. with gunzip',
  },
];

describe.each(['lint', 'audit'])('%s', (command) => {
  test.each(UNREAD)('says what $name is: $what', async ({ name, content, line, what, fix }) => {
    const cwd = scratchFolder();
    mkdirSync(join(cwd, 'dumps'));
    writeFileSync(join(cwd, 'dumps', name), content);
    writeFileSync(join(cwd, 'role.json'), ROLE);
    const alone = await run([command, join('dumps', name)], cwd);
    expect(alone.exitCode).toBe(2);
    expect(alone.stderr).toContain(`${what}.\n  ${fix}.\n`);
    for (const input of ['dumps', join('dumps', name)]) {
      const { exitCode, stdout } = await run([command, input, 'role.json'], cwd);
      expect(exitCode).toBe(1);
      expect(stdout).toContain('deploy');
      expect(stdout).toContain(
        `${join('dumps', name)}${line}: not read\n  what     ${what}\n  fix      ${fix}\n`,
      );
    }
  });

  test.each([
    ['that is an input', 'closed'],
    ['within an input', 'dumps'],
  ])('names a folder %s and cannot be read, and checks the rest', async (_, input) => {
    const cwd = scratchFolder();
    const closed = input === 'closed' ? input : join(input, 'closed');
    mkdirSync(join(cwd, closed), { recursive: true });
    writeFileSync(join(cwd, 'role.json'), ROLE);
    chmodSync(cwd, 0o755);
    chmodSync(join(cwd, closed), 0);
    const { code, stdout } = await runWithoutRights([command, input, 'role.json'], cwd);
    expect(code).toBe(1);
    expect(stdout).toContain('deploy');
    expect(stdout).toContain(
      `${closed}: not read\n  what     The folder cannot be read\n  fix      Check its permissions\n`,
    );
    const alone = await runWithoutRights([command, input], cwd);
    expect(alone.code).toBe(2);
    expect(alone.stderr).toContain('The folder cannot be read');
  });
});

/** Root reads every folder, so the program is then run as nobody. */
async function runWithoutRights(args: readonly string[], cwd: string) {
  const who = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const env = { NO_COLOR: '1', PATH: process.env['PATH'], HOME: cwd };
  const options = { cwd, env, ...who };
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [PROGRAM, ...args],
      options,
    );
    return { code: 0, stdout, stderr };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}
