import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { audit } from '../../../src/audit/audit.ts';
import { readEstate } from '../../../src/audit/estate/read-estate.ts';
import { reportOf } from '../../../src/audit/report-of.ts';
import { NO_SETTINGS } from '../../../src/lint/gate/settings.ts';
import { mangled, mangledText } from '../../support/builders/mangled.ts';
import { runs } from '../../support/tools/runs.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';
import { accountDetails, type AccountSpec, policyArn, roleArn, TODAY } from './dump.ts';
import { allow, comProject, deny, like, project, root, service, trusts } from './statements.ts';

const scratch = scratchFolders();
const RUNS = runs(40);
const [HERE, THERE] = ['111111111111', '222222222222'];

/** A bit of everything that an audit looks at: grants, powers, paths, chains, boundaries, variables and conditions. */
const accountOf = (id: string): AccountSpec => ({
  id,
  providers: [],
  policies: {
    limit: [{ Effect: 'Allow', NotAction: 'organizations:*', Resource: '*' }],
    data: [allow('s3:*', 'arn:aws:s3:::${aws:PrincipalTag/team}-*'), deny('s3:DeleteBucket')],
  },
  roles: [
    {
      name: 'deploy',
      trust: [project(id, 11), comProject(id, 'acme/web', 20)],
      permissions: [
        allow('sts:AssumeRole', roleArn(id, 'next')),
        allow(['iam:PassRole', 'lambda:CreateFunction'], '*', {
          StringEquals: { 'iam:PassedToService': ['lambda.amazonaws.com'] },
        }),
      ],
      managed: [policyArn(id, 'data')],
      boundary: policyArn(id, 'limit'),
      tags: { team: 'web' },
    },
    { name: 'preview', trust: [like(id, 'project_path:*')], permissions: [allow('s3:GetObject')] },
    { name: 'next', trust: [trusts(root(id))], permissions: [allow('iam:PutRolePolicy')] },
    { name: 'worker', trust: [service('lambda')], permissions: [allow('kms:Decrypt')] },
  ],
});

const details = (id: string) => accountDetails(accountOf(id));
const folder = scratch();

/** What an audit reports of the second account, where the export of the first is a text of any kind. */
async function reportedBeside(text: string) {
  for (const [id, one] of [
    [HERE, text],
    [THERE, details(THERE)],
  ] as const) {
    mkdirSync(join(folder, id), { recursive: true });
    writeFileSync(join(folder, id, 'details.json'), one);
  }
  const gate = { settings: NO_SETTINGS, baseline: undefined, today: TODAY };
  const estate = await readEstate([folder], []);
  const report = reportOf(audit(estate, gate, { today: TODAY, unusedDays: 90 }), true);
  const isThere = (id: string) => id.startsWith(`${THERE}/`);
  return {
    roles: report.roles.filter(({ account }) => account === THERE),
    grants: report.grants.filter(({ role }) => isThere(role)),
    chains: report.chains.filter(({ roles }) => roles.some(isThere)),
    findings: report.findings.filter(({ on }) => isThere(on)),
  };
}

const whole = reportedBeside(details(HERE));

test('the account has something of each', async () => {
  const { roles, grants, chains, findings } = await whole;
  expect(Math.min(roles.length - 1, grants.length, chains.length, findings.length)).toBeGreaterThan(
    1,
  );
});

test.each([
  ['other values in it', mangled(JSON.parse(details(HERE))).map((one) => JSON.stringify(one))],
  ['other characters in it', mangledText(details(HERE))],
])(
  `an export with %s changes nothing that is reported of another account, ${RUNS} times`,
  async (_, text) => {
    const expected = await whole;
    await fc.assert(
      fc.asyncProperty(text, async (one) => {
        expect(await reportedBeside(one)).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
  },
  3_600_000,
);
