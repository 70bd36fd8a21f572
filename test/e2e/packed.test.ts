import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { committedFiles, filesIn } from '../support/builders/goldens.ts';
import { Lanes } from '../support/tools/lanes.ts';
import { installWithNode, NODES, packedInto } from '../support/tools/packed-program.ts';
import { run } from '../support/tools/run.ts';

const QUICKSTART = ['--yes', '--project', 'mygroup/myproject=20', '--s3-read', 'my-bucket'];

describe('the packed program', () => {
  let folder = '';
  let tarball = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'packed-'));
    tarball = await packedInto(folder);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** The installs wait for the registry. */
  const withNode = new Lanes(NODES.length, NODES, (version) =>
    installWithNode(tarball, version, folder),
  );

  const empty = (name: string) => ({ npm_config_cache: join(folder, `cache-${name}`) });

  test('npx in an empty folder with an empty cache gives the quickstart, byte for byte', async () => {
    const cwd = mkdtempSync(join(folder, 'npx-'));
    // npx takes an absolute path for a program on this machine, a relative one for a package.
    await run('npx', ['--yes', `../${basename(tarball)}`, 'out', ...QUICKSTART], cwd, empty('npx'));
    expect(filesIn(join(cwd, 'out'))).toEqual(committedFiles('quickstart'));
  });

  test('it installs as one package, with nothing beside it', async () => {
    const cwd = mkdtempSync(join(folder, 'install-'));
    await run('npm', ['install', '--prefix', cwd, tarball], cwd, empty('install'));
    const installed = readdirSync(join(cwd, 'node_modules')).filter(
      (name) => !name.startsWith('.'),
    );
    expect(installed).toEqual(['create-gitlab-aws-oidc']);
  });

  test.each(NODES)(
    'it gives the same bytes on Node %s, and keeps nothing in its own folder',
    async (version) => {
      const { cwd, node, program, package: installed } = await withNode.of(version);
      const before = readdirSync(installed);
      expect(await run(node, ['--version'], cwd)).toMatch(new RegExp(`^v${version}[.\\n]`));
      await run(node, [program, 'out', ...QUICKSTART], cwd);
      expect(filesIn(join(cwd, 'out'))).toEqual(committedFiles('quickstart'));
      expect(readdirSync(installed)).toEqual(before);
    },
  );
});
