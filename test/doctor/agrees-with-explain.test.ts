import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { getRole } from '../support/builders/get-role.ts';
import { run } from '../support/tools/program.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratch = scratchFolders();
const SUB = 'project_path:acme/web:ref_type:branch:ref:main';
const JOB = ['--project', 'acme/web', '--branch', 'main'];
const PINNED = { StringEquals: { 'gitlab.com:project_id': '20' } };
const OFFICE = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };

/** A role that trusts a provider, and asks for the subject and what else is given. */
function role(
  { StringEquals = {}, ...others }: Readonly<Record<string, object>> = {},
  provider = '1',
) {
  return getRole(provider.repeat(12), {
    StringEquals: { 'gitlab.com:sub': SUB, ...StringEquals },
    ...others,
  });
}

/** A token that its checks of form and time reject, and whose claims are whole. */
function token(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', kid: 'a' })}.${part(claims)}.c2lnbmF0dXJl`;
}

/** What both commands say of one job: `allowed`, `denied` or `open`. */
async function bothSay(input: object, flags: readonly string[], claims?: object) {
  const folder = scratch();
  writeFileSync(join(folder, 'role.json'), JSON.stringify(input));
  if (claims) writeFileSync(join(folder, 'token.jwt'), token(claims));
  const asked = ['role.json', ...flags, ...(claims ? ['--token-file', 'token.jwt'] : [])];
  const explained = await run(['explain', ...asked], folder);
  const diagnosed = await run(['doctor', ...asked, '--json'], folder);
  const { checks } = JSON.parse(diagnosed.stdout) as { checks: { id: string; status: string }[] };
  const status = checks.find(({ id }) => id === 'DOC015')?.status ?? '';
  return {
    explain: { 0: 'allowed', 1: 'denied', 4: 'open' }[explained.exitCode],
    doctor: { ok: 'allowed', failed: 'denied', unknown: 'open' }[status],
  };
}

test.each([
  ['a claim that no flag names', role(PINNED), JOB, 'open'],
  ['a claim as the policy names it', role(PINNED), [...JOB, '--project-id', '20'], 'allowed'],
  ['another than the policy names', role(PINNED), [...JOB, '--claim', 'project_id=21'], 'denied'],
  ['an address that no flag names', role(OFFICE), JOB, 'open'],
  [
    'an address that is accepted',
    role(OFFICE),
    [...JOB, '--claim', 'aws:SourceIp=203.0.113.7'],
    'allowed',
  ],
  [
    'an address that is not accepted',
    role(OFFICE),
    [...JOB, '--claim', 'aws:SourceIp=198.51.100.7'],
    'denied',
  ],
  ["a provider of the role's account", role(), JOB, 'allowed'],
  ['a provider of another account', role({}, '2'), JOB, 'denied'],
])('doctor says the same as explain of %s', async (_, input, flags, decision) => {
  expect(await bothSay(input, flags)).toEqual({ explain: decision, doctor: decision });
});

test.each([
  ['that has the claim', { project_id: '20' }, 'allowed'],
  ['that lacks it', {}, 'denied'],
])('a token %s leaves nothing open', async (_, more, decision) => {
  const claims = { iss: 'https://gitlab.com', aud: 'https://gitlab.com', sub: SUB, ...more };
  expect(await bothSay(role(PINNED), [], claims)).toEqual({ explain: decision, doctor: decision });
});

test('a fix of doctor admits nothing that no flag names', async () => {
  const folder = scratch();
  const several = { StringEquals: { 'gitlab.com:project_id': ['20', '30'] }, ...OFFICE };
  writeFileSync(join(folder, 'role.json'), JSON.stringify(role(several)));
  const job = ['--project', 'acme/web', '--branch', 'develop'];
  const { stdout } = await run(['doctor', 'role.json', ...job, '--json'], folder);
  const { causes } = JSON.parse(stdout) as { causes: { fixes: { change: string }[] }[] };
  const change = causes[0]?.fixes[0]?.change ?? '';
  expect(change).toContain('ref:develop');
  expect(change).toContain(String.raw`\"gitlab.com:project_id\":[\"20\",\"30\"]`);
  expect(change).toContain(String.raw`\"aws:SourceIp\":\"203.0.113.0/24\"`);
});
