import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareInventories, totalsOf } from '../../src/compare/compare-inventories.ts';
import { comparisonReport } from '../../src/commands/compare/formats.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { roleContextsOf } from '../../src/blueprint/policies.ts';
import { hostileAnswers } from '../support/builders/hostile-answers.ts';
import { seen } from '../support/tools/markdown.ts';
import { run } from '../support/tools/program.ts';
import { runs } from '../support/tools/runs.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();
const QUICKSTART = resolve('generated/quickstart');

function policy(sub: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' },
          StringLike: { 'gitlab.com:sub': sub },
        },
      },
    ],
  });
}

function folder(): string {
  const path = scratchFolder();
  writeFileSync(join(path, 'main.json'), policy('project_path:acme/web:ref_type:branch:ref:main'));
  writeFileSync(join(path, 'any.json'), policy('project_path:acme/web:ref_type:branch:ref:*'));
  return path;
}

describe('compare', () => {
  test('the check that it prints is allowed by the one input and denied by the other', async () => {
    const cwd = folder();
    const { stdout, exitCode } = await run(['compare', 'main.json', 'any.json'], cwd);
    expect(exitCode).toBe(0);
    const words = (/check: explain any\.json (.*)/.exec(stdout)?.[1] ?? '').split(' ');
    const after = await run(['explain', 'any.json', ...words], cwd);
    const before = await run(['explain', 'main.json', ...words.slice(2)], cwd);
    expect([after.exitCode, before.exitCode]).toEqual([0, 1]);
  });

  test('a generated repository and its own HCL are the same', async () => {
    const args = ['compare', QUICKSTART, join(QUICKSTART, 'terraform'), '--fail-on', 'change'];
    const { stdout, exitCode } = await run(args, folder());
    expect(stdout).toBe('Nobody gains or loses access: 1 role compared exactly.\n');
    expect(exitCode).toBe(0);
  });

  test.each([
    [['main.json', 'any.json', '--fail-on', 'gain'], 1],
    [['main.json', 'any.json', '--fail-on', 'lose'], 0],
    [['any.json', 'main.json', '--fail-on', 'gain', '--fail-on', 'lose'], 1],
    [['any.json', 'main.json', '--fail-on', 'gain', '--fail-on', 'undetermined'], 0],
    [['any.json', 'main.json', '--fail-on', 'change'], 1],
    [['any.json', 'main.json', '--fail-on', 'gains'], 2],
    [['any.json'], 2],
    [['-', '-'], 2],
  ])('%j exits with %i', async (args, exitCode) => {
    expect((await run(['compare', ...args], folder())).exitCode).toBe(exitCode);
  });

  test('JSON has the answers and the token', async () => {
    const { stdout } = await run(['compare', 'main.json', 'any.json', '--json'], folder());
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      gains: 'yes',
      loses: 'no',
      permissions: 'no',
      roles: [{ effects: [{ witness: { claims: { iss: 'https://gitlab.com' } } }] }],
    });
  });
});

test('whatever the names are, the note has one line for each difference and shows it', () => {
  fc.assert(
    fc.property(hostileAnswers(2, 3), hostileAnswers(2, 3), (one, other) => {
      const [before, after] = [one, other].map((answers) => ({
        roles: roleContextsOf(blueprintOf(answers)),
        providers: [],
        policies: [],
        unreadable: [],
      }));
      if (!before || !after) return;
      const comparison = compareInventories(before, after);
      const result = { comparison, totals: totalsOf(comparison), before: 'a', after: 'b' };
      const bullets = comparisonReport('markdown', result)
        .split('\n')
        .filter((line) => line.startsWith('- '))
        .map((line) => seen(line.slice(2).replace(/ {2}$/, '')));
      const lines = comparisonReport('text', result)
        .split('\n')
        .filter((line) => /^ {2}[-+~?] /.test(line));
      expect(bullets).toEqual(lines.map((line) => line.slice(2)));
      expect(lines.join('')).not.toMatch(/\p{Cc}/u);
    }),
    { numRuns: runs(20) },
  );
});
