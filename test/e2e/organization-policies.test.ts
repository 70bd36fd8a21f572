import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { committedFiles } from '../support/builders/goldens.ts';
import { moto, MotoServer } from '../support/stand-ins/moto-server.ts';
import { adminEnvironment } from '../support/tools/administrator.ts';
import { writeFiles } from '../support/tools/git-project.ts';
import { awsCli, describeWith } from '../support/tools/required-tools.ts';
import { run } from '../support/tools/run.ts';

/** The commands of org/README.md: those that attach the policies, then those that change them. */
const [ATTACH = '', CHANGE = ''] = [
  ...(committedFiles('organization').get('org/README.md') ?? '').matchAll(/^```sh\n(.*?)^```/gms),
].map(([, commands]) => commands);

const TYPES = ['RESOURCE_CONTROL_POLICY', 'SERVICE_CONTROL_POLICY'];

describeWith([moto, awsCli], 'the commands of org/README.md, each of which must succeed', () => {
  let server: MotoServer;
  let folder: string;
  let unit: string;

  beforeAll(async () => {
    server = await MotoServer.start();
    folder = mkdtempSync(join(tmpdir(), 'organization-policies-'));
    writeFiles(folder, committedFiles('organization'));
    await aws('create-organization', '--feature-set', 'ALL');
    const root = await text('list-roots', 'Roots[0].Id');
    // As in most organizations, one of the two types is in use already.
    await aws('enable-policy-type', '--root-id', root, '--policy-type', 'SERVICE_CONTROL_POLICY');
    const named = ['--parent-id', root, '--name', 'trial'];
    unit = await text('create-organizational-unit', 'OrganizationalUnit.Id', ...named);
  });

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const aws = (...args: string[]) =>
    run('aws', ['organizations', ...args], folder, adminEnvironment(server.url));

  const text = async (call: string, query: string, ...args: string[]) =>
    (await aws(call, ...args, '--query', query, '--output', 'text')).trim();

  const shell = (commands: string) =>
    run('sh', ['-euc', commands], folder, adminEnvironment(server.url));

  /** The documents that hold for the unit; AWS attaches one of its own, which allows everything. */
  async function attached(): Promise<unknown[]> {
    const documents = TYPES.map(async (type) => {
      const filter = ['--target-id', unit, '--filter', type];
      const query = "Policies[?starts_with(Name, 'gitlab-oidc-')].Id";
      const id = await text('list-policies-for-target', query, ...filter);
      return JSON.parse(
        await text('describe-policy', 'Policy.Content', '--policy-id', id),
      ) as unknown;
    });
    return Promise.all(documents);
  }

  const generated = (name: string) =>
    JSON.parse(committedFiles('organization').get(`org/${name}.json`) ?? '') as unknown;

  test('they enable the type that is not in use, and attach both policies', async () => {
    await shell(ATTACH.replace('target=ou-…', `target=${unit}`));
    const types = await text('list-roots', 'Roots[0].PolicyTypes[].Type');
    expect(types.split('\t').sort()).toEqual(TYPES);
    expect(await attached()).toEqual([generated('rcp'), generated('scp')]);
  });

  test('after an update, they change the policies that are attached', async () => {
    const changed = { Version: '2012-10-17', Statement: [] };
    for (const name of ['rcp', 'scp'])
      writeFileSync(join(folder, 'org', `${name}.json`), JSON.stringify(changed));
    await shell(CHANGE);
    expect(await attached()).toEqual([changed, changed]);
  });
});
