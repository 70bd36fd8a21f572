import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditReport } from '../../src/audit/report.ts';
import { writeDumps } from '../audit/estate/estate.ts';
import { ACCOUNT, HOLDINGS, ID, PLANTED } from '../audit/gitlab/trusted-projects.ts';
import { openssl } from '../support/stand-ins/certificates.ts';
import { TOKEN } from '../support/stand-ins/gitlab-server/gitlab-server.ts';
import { machineWide } from '../support/stand-ins/gitlab-server/machine-wide.ts';
import { run } from '../support/tools/program.ts';
import { describeWith } from '../support/tools/required-tools.ts';

describeWith([openssl], 'audit --gitlab', () => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-gitlab-'));
  let gitlab: Awaited<ReturnType<typeof machineWide>>;

  beforeAll(async () => {
    gitlab = await machineWide(folder, HOLDINGS);
    writeDumps(join(folder, 'dumps'), [ACCOUNT]);
  });

  afterAll(async () => {
    await gitlab.stop();
    rmSync(folder, { recursive: true });
  });

  const ask = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    run(['audit', 'dumps', ...args], folder, undefined, { ...gitlab.environment, ...environment });

  test('the program finds what is planted, and no output holds the token', async () => {
    const { stdout, stderr } = await ask(['--gitlab', 'https://gitlab.com', '--json']);
    const { findings } = JSON.parse(stdout) as AuditReport;
    const found = findings
      .filter(({ id }) => id >= 'AUD012')
      .map(({ on, id, severity }) => `${on.slice(ID.length + 1)}: ${id} ${severity}`);
    const planted = Object.entries(PLANTED).flatMap(([name, rules]) =>
      rules.map((rule) => `${name}: ${rule}`),
    );
    expect(found.filter((one) => one.includes('AUD')).sort()).toEqual(planted.sort());
    expect(stdout + stderr).not.toContain(TOKEN);
  });

  test.each([
    ['no token', {}, 'There is no token to ask GitLab with'],
    ['the token of the job', { CI_JOB_TOKEN: 'x' }, 'CI_JOB_TOKEN cannot list projects'],
    ['a token that GitLab rejects', { GITLAB_TOKEN: 'glpat-wrong' }, 'rejected the token (401)'],
  ])('with %s it says so before anything is asked', async (_, environment, what) => {
    const { exitCode, stderr } = await ask(['--gitlab', 'https://gitlab.com'], {
      GITLAB_TOKEN: '',
      ...environment,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(what);
  });

  test('a GitLab that nobody trusts is not asked, and the report says why', async () => {
    gitlab.server.questions.length = 0;
    const { stdout } = await ask(['--gitlab', 'https://gitlab.example.com', '--json']);
    const { undetermined } = JSON.parse(stdout) as AuditReport;
    expect(undetermined.map(({ text }) => text)).toContain(
      'No role trusts the issuer gitlab.example.com: gitlab.example.com was not asked',
    );
    expect(gitlab.server.questions).toEqual(['GET /api/v4/user']);
  });

  test('another host may sign the tokens', async () => {
    const { stdout } = await ask([
      ...['--gitlab', 'https://gitlab.example.com', '--gitlab-issuer', 'https://gitlab.com'],
      '--json',
    ]);
    const { findings } = JSON.parse(stdout) as AuditReport;
    expect(findings.map(({ id }) => id)).toContain('AUD013');
  });

  test.each([
    [['--gitlab', 'http://gitlab.com'], 'is not https'],
    [['--gitlab-issuer', 'https://gitlab.com'], 'No GitLab is asked'],
  ])('%j is refused', async (args, what) => {
    const { exitCode, stderr } = await ask(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(what);
  });
});
