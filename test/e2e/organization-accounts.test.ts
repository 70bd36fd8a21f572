import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readAnswersText } from '../../src/answers/read.ts';
import { call, makeUnit, moveTo, rootOf } from '../support/stand-ins/moto-organization.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { adminEnvironment } from '../support/tools/administrator.ts';
import { run } from '../support/tools/program.ts';
import { describeWith } from '../support/tools/required-tools.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';

const scratchFolder = scratchFolders();

type Ids = Readonly<Record<string, string>>;

describeWith([moto], 'accounts of an organization, as moto has one', () => {
  let server: MotoServer;
  let ids: Ids;
  let unit: string;

  beforeAll(async () => {
    server = await MotoServer.start();
    ({ ids, unit } = await makeOrganization(server.url));
  });

  afterAll(() => server.stop());

  /** The accounts in the answers of a repository that is made with those flags. */
  async function made(...flags: string[]) {
    const folder = scratchFolder();
    const args = ['o', '--yes', '--output', 'hcl', '--project', 'mygroup/shop=20', ...flags];
    const { exitCode, stderr } = await run(args, folder, undefined, adminEnvironment(server.url));
    if (exitCode !== 0) return { exitCode, stderr };
    const text = readFileSync(join(folder, 'o/gitlab-aws-oidc.yaml'), 'utf8');
    const { accounts } = readAnswersText(text, '').draft as {
      accounts: { name: string; id: string }[];
    };
    const byName = Object.fromEntries(accounts.map(({ name, id }) => [name, id]));
    return { exitCode, stderr, accounts: byName, folder: join(folder, 'o') };
  }

  const FROM = ['--accounts-from', 'organization'];

  test('all are those in use but the management account', async () => {
    const { accounts, stderr } = await made(...FROM);
    const { Sandbox, 'Shop Dev': dev, 'Shop Prod': prod } = ids;
    expect(accounts).toEqual({ sandbox: Sandbox, 'shop-dev': dev, 'shop-prod': prod });
    expect(stderr).toMatch(/^The management account \d{12} is left out\./);
    expect(stderr).toContain('1 account that is suspended or being closed is left out.');
  });

  test('an organizational unit has those of the units in it', async () => {
    const { accounts } = await made(...FROM, '--accounts-ou', unit);
    expect(accounts).toEqual({ 'shop-dev': ids['Shop Dev'], 'shop-prod': ids['Shop Prod'] });
  });

  test('a tag has those that have it', async () => {
    const { accounts } = await made(...FROM, '--accounts-tag', 'gitlab=yes');
    expect(accounts).toEqual({ sandbox: ids['Sandbox'] });
  });

  test('a unit that is none is refused by AWS, and nothing is written', async () => {
    const { exitCode, stderr } = await made(...FROM, '--accounts-ou', 'ou-zzzz-99999999');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('The accounts of the organization cannot be listed');
  });

  test('an update adds an account that the unit has got since', async () => {
    const { folder = '' } = await made(...FROM, '--accounts-ou', unit);
    const created = await call(server.url, 'CreateAccount', {
      AccountName: 'Shop Stage',
      Email: 'stage@example.com',
    });
    const id = String((created['CreateAccountStatus'] as Ids)['AccountId']);
    await moveTo(server.url, id, unit);
    const update = ['update', '--refresh-accounts', '--yes'];
    const { exitCode, stderr } = await run(update, folder, undefined, adminEnvironment(server.url));
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: `shop-stage (${id}) is new.\n\n`,
    });
    const text = readFileSync(join(folder, 'gitlab-aws-oidc.yaml'), 'utf8');
    expect(text).toContain(`  - name: shop-stage\n    id: "${id}"\n`);
  });
});

/** An organization: two accounts in a unit and in one below it, one outside with a tag, and one that is closed. */
async function makeOrganization(url: string): Promise<{ ids: Ids; unit: string }> {
  await call(url, 'CreateOrganization', { FeatureSet: 'ALL' });
  const root = await rootOf(url);
  const unit = await makeUnit(url, root, 'shop');
  const below = await makeUnit(url, unit, 'production');
  const ids: Record<string, string> = {};
  for (const AccountName of ['Shop Dev', 'Shop Prod', 'Sandbox', 'Old']) {
    const Email = `${AccountName.replace(' ', '.')}@example.com`;
    const { CreateAccountStatus: status } = await call(url, 'CreateAccount', {
      AccountName,
      Email,
    });
    ids[AccountName] = String((status as Ids)['AccountId']);
  }
  await moveTo(url, String(ids['Shop Dev']), unit);
  await moveTo(url, String(ids['Shop Prod']), below);
  await call(url, 'TagResource', {
    ResourceId: ids['Sandbox'],
    Tags: [{ Key: 'gitlab', Value: 'yes' }],
  });
  await call(url, 'CloseAccount', { AccountId: ids['Old'] });
  return { ids, unit };
}
