import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Benchmark, Place, Table } from './benchmark.ts';
import { interleaved, type Command } from './interleaved.ts';

/** What somebody waits for who tries the program for the first time: unpack, install, start, generate. */
export const firstRun: Benchmark = {
  name: 'first',
  title: 'The first run by `npx`: empty cache, a whole generation',
  run: (place) =>
    inTurn(place, 'first', {
      vite: ['my-app', '--template', 'vanilla', '--no-interactive'],
      ours: ['my-app', '--yes', '--project', 'mygroup/myproject=20', '--s3-read', 'my-bucket'],
    }),
};

/** The same for help, which loads least. */
export const npx: Benchmark = {
  name: 'npx',
  title: 'Cold `npx`: empty cache, `--help`',
  run: (place) => inTurn(place, 'npx', { vite: ['--help'], ours: ['--help'] }),
};

/** Both programs from an empty cache of npm. @param args of each; what is generated is in `my-app` */
function inTurn(
  place: Place,
  name: string,
  args: Readonly<Record<'vite' | 'ours', readonly string[]>>,
): Table {
  const cwd = join(place.folder, name);
  mkdirSync(cwd);
  const ours = packed(place.root, cwd);
  const vite = packed('create-vite', cwd);
  const table = interleaved(
    [
      cold('create-vite', vite, cwd, args.vite),
      cold('**create-gitlab-aws-oidc**', ours, cwd, args.ours),
    ],
    7,
  );
  return {
    ...table,
    notes: [
      ...table.notes,
      'Both from a tarball on the disk, so that no network is measured; neither has dependencies to fetch.',
      `Tarballs: create-vite ${kilobytes(vite)} kB, create-gitlab-aws-oidc ${kilobytes(ours)} kB.`,
    ],
  };
}

/** @param source a folder, or a package of the registry */
function packed(source: Place['root'], to: string): string {
  const args = ['pack', source, '--json', '--ignore-scripts', '--pack-destination', to];
  const { stdout, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
  const [tarball] = JSON.parse(stdout || '[]') as { filename: string }[];
  if (!tarball) throw new Error(`${source} could not be packed: ${stderr}`);
  return join(to, tarball.filename);
}

function cold(label: string, tarball: string, cwd: string, args: readonly string[]): Command {
  const cache = join(cwd, 'cache');
  return {
    label,
    command: 'npx',
    args: ['--yes', `./${basename(tarball)}`, ...args],
    cwd,
    env: { npm_config_cache: cache, npm_config_update_notifier: 'false' },
    before: () => {
      rmSync(cache, { recursive: true, force: true });
      rmSync(join(cwd, 'my-app'), { recursive: true, force: true });
    },
  };
}

function kilobytes(file: string): string {
  return (statSync(file).size / 1000).toFixed(0);
}
