import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PROGRAM } from '../support/tools/program.ts';
import {
  brokenLinks,
  documentedRuns,
  runAsWritten,
  updatePage,
} from '../support/builders/documented-runs.ts';

const README = readFileSync('README.md', 'utf8');
const [, , ...examples] = documentedRuns('README.md');

/** The commands of the table, with the exit code that each has: 1 where it finds what it looks for. */
const TABLE = [...README.matchAll(/^\|.*\| `(create-gitlab-aws-oidc [^`]+)`\s*\|$/gm)].map(
  ([, command = '']) => [command, / (explain|doctor) /.test(command) ? 1 : 0] as const,
);

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'readme-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('the README has at most 150 lines, and no link that leads nowhere', () => {
  expect(README.split('\n').length - 1).toBeLessThanOrEqual(150);
  expect(brokenLinks('README.md')).toEqual([]);
});

test('the README runs no name that its owner has not published', () => {
  expect(README).not.toContain('npx create-gitlab-aws-oidc');
});

describe('outside of a clone every command runs as it is written', () => {
  const elsewhere = () => join(folder, 'elsewhere');
  const environment = () => ({ PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter) });

  test('the example prints what the README says', () => {
    standIns(join(folder, 'bin'));
    mkdirSync(elsewhere());
    const results = examples.map(({ command }) =>
      runAsWritten(command, elsewhere(), environment()),
    );
    updatePage('README.md', [undefined, undefined, ...results.map(({ printed }) => printed)]);
    expect(results.map(({ complaint }) => complaint)).toEqual(examples.map(() => ''));
    const [, , ...now] = documentedRuns('README.md');
    now.forEach(({ printed }, i) => {
      if (printed !== undefined) expect(results[i]?.printed).toBe(printed);
    });
  });

  test('the commands of the table', () => {
    expect(TABLE).toHaveLength(9);
    const codes = TABLE.map(
      ([command]) => runAsWritten(command, elsewhere(), environment()).exitCode,
    );
    expect(codes).toEqual(TABLE.map(([, code]) => code));
  });
});

test('the HCL of the README is that of the example', () => {
  const [, hcl = ''] = /```hcl\n([^`]+)```/.exec(README) ?? [];
  expect(readFileSync('generated/quickstart/terraform/roles.tf', 'utf8')).toContain(hcl);
});

/** The built program as an installed one, and what AWS and Terraform print of one role from elsewhere. */
function standIns(bin: string): void {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/gitlab.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: {
            'gitlab.com:aud': 'https://gitlab.com',
            'gitlab.com:sub': 'project_path:acme/web:ref_type:branch:ref:main',
            'gitlab.com:project_id': '7',
          },
        },
      },
    ],
  });
  const state = {
    format_version: '1.0',
    values: {
      root_module: {
        resources: [
          {
            address: 'aws_iam_role.web',
            mode: 'managed',
            type: 'aws_iam_role',
            name: 'web',
            values: { name: 'web', assume_role_policy: trust },
          },
        ],
      },
    },
  };
  const roles = {
    Roles: [{ RoleName: 'web', AssumeRolePolicyDocument: JSON.parse(trust) as unknown }],
  };
  mkdirSync(bin);
  symlinkSync(PROGRAM, join(bin, 'create-gitlab-aws-oidc'));
  for (const [name, printed] of Object.entries({ aws: roles, terraform: state })) {
    writeFileSync(join(bin, name), `#!/bin/sh\ncat << 'END'\n${JSON.stringify(printed)}\nEND\n`);
    chmodSync(join(bin, name), 0o755);
  }
}
