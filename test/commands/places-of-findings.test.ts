import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

/** Each finding is reported where what it is about was read: the policy, the provider, or the trust policy. */
const scratchFolder = scratchFolders();

const ACCOUNT = '123456789012';
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const TRUST = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/gitlab.com` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringLike: { 'gitlab.com:sub': 'project_path:acme*' } },
    },
  ],
};
const PASS = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: ['iam:PassRole', 'lambda:CreateFunction'], Resource: '*' },
  ],
};
const DETAILS = {
  RoleDetailList: [
    {
      RoleName: 'deploy',
      Arn: `arn:aws:iam::${ACCOUNT}:role/deploy`,
      AssumeRolePolicyDocument: TRUST,
      AttachedManagedPolicies: [{ PolicyName: 'AdministratorAccess', PolicyArn: ADMIN }],
      RolePolicyList: [{ PolicyName: 'passing', PolicyDocument: PASS }],
    },
  ],
  Policies: [],
};
const PROVIDER = {
  Url: 'gitlab.com',
  ClientIDList: ['https://gitlab.com'],
  ThumbprintList: ['a'.repeat(40)],
};
const HCL = `
resource "aws_iam_openid_connect_provider" "gitlab" {
  url             = "https://gitlab.com"
  client_id_list  = ["https://gitlab.com"]
  thumbprint_list = ["${'a'.repeat(40)}"]
}

resource "aws_iam_role" "deploy" {
  name               = "deploy"
  assume_role_policy = jsonencode(${JSON.stringify(TRUST).replace(/"arn:[^"]*"/, 'aws_iam_openid_connect_provider.gitlab.arn')})
}

resource "aws_iam_role_policy" "passing" {
  name   = "passing"
  role   = aws_iam_role.deploy.name
  policy = jsonencode(${JSON.stringify(PASS)})
}

resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.deploy.name
  policy_arn = "${ADMIN}"
}
`;

/** The line of a file on which a text is first. */
function lineIn(folder: string, file: string, text: string): string {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  return `${file}:${lines.findIndex((line) => line.includes(text)) + 1}`;
}

interface Located {
  readonly file: string;
  readonly line?: number;
}

/** Rule and line of each finding, as each format of a command has them. */
async function linesIn(command: string, folder: string): Promise<Record<string, string[]>> {
  const output = async (format: string) =>
    (await run([command, '--format', format, 'input'], folder)).stdout.replaceAll('input/', '');
  const at = ({ file, line = 0 }: Located) => `${file}:${line}`;
  const sarif = JSON.parse(await output('sarif')) as {
    runs: {
      results: {
        ruleId: string;
        locations: {
          physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
        }[];
      }[];
    }[];
  };
  const quality = JSON.parse(await output('codequality')) as {
    check_name: string;
    location: { path: string; lines: { begin: number } };
  }[];
  return {
    sarif: sarif.runs.flatMap(({ results }) =>
      results.flatMap(({ ruleId, locations }) =>
        locations.map(({ physicalLocation: { artifactLocation: file, region } }) =>
          [ruleId, at({ file: file.uri, line: region.startLine })].join(' '),
        ),
      ),
    ),
    quality: quality.map(({ check_name: name, location: { path, lines } }) =>
      [name.split(' ')[0], at({ file: path, line: lines.begin })].join(' '),
    ),
    ...(command === 'lint'
      ? { text: textLines(await output('text')), json: lintLines(await output('json')) }
      : { json: auditLines(await output('json')) }),
  };
}

function textLines(text: string): string[] {
  return [...text.matchAll(/ (OIDC\d+) .*\n {4}at {7}(\S+): /g)].map(
    ([, id = '', place = '']) => `${id} ${place}`,
  );
}

function lintLines(text: string): string[] {
  const { policies } = JSON.parse(text) as {
    policies: { place: Located; findings: { id: string; place?: Located }[] }[];
  };
  return policies.flatMap(({ place: ofRole, findings }) =>
    findings.map(({ id, place = ofRole }) => `${id} ${place.file}:${place.line ?? 0}`),
  );
}

function auditLines(text: string): string[] {
  const { findings } = JSON.parse(text) as { findings: { id: string; place: Located }[] };
  return findings.map(({ id, place }) => `${id} ${place.file}:${place.line ?? 0}`);
}

describe.each(['lint', 'audit'])('%s', (command) => {
  test('names the line of the attached policy and of the provider in exports of AWS', async () => {
    const folder = scratchFolder();
    const input = join(folder, 'input');
    mkdirSync(input);
    writeFileSync(join(input, 'details.json'), JSON.stringify(DETAILS, null, 2));
    writeFileSync(join(input, 'provider.json'), `\n\n${JSON.stringify(PROVIDER, null, 2)}`);
    const at = (text: string) => lineIn(input, 'details.json', text);
    const policy = (text: string) => {
      const [file = '', line = ''] = at(text).split(':');
      return `${file}:${Number(line) - 1}`;
    };
    for (const [format, lines] of Object.entries(await linesIn(command, folder)))
      expect({ format, lines }).toEqual({
        format,
        lines: expect.arrayContaining([
          `OIDC004 ${at('"AssumeRolePolicyDocument"')}`,
          `OIDC107 provider.json:3`,
          `OIDC108 ${policy('"PolicyName": "AdministratorAccess"')}`,
          `OIDC114 ${policy('"PolicyName": "passing"')}`,
        ]) as unknown,
      });
  });

  test('names their lines in the configuration that makes them', async () => {
    const folder = scratchFolder();
    const input = join(folder, 'input');
    mkdirSync(input);
    writeFileSync(join(input, 'main.tf'), HCL);
    const at = (text: string) => lineIn(input, 'main.tf', text);
    for (const [format, lines] of Object.entries(await linesIn(command, folder)))
      expect({ format, lines }).toEqual({
        format,
        lines: expect.arrayContaining([
          `OIDC107 ${at('aws_iam_openid_connect_provider')}`,
          `OIDC108 ${at('aws_iam_role_policy_attachment')}`,
          `OIDC114 ${at('"aws_iam_role_policy" "passing"')}`,
        ]) as unknown,
      });
  });
});
