import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Benchmark, Place } from './benchmark.ts';
import { interleaved, type Command } from './interleaved.ts';

/** What `npx` takes with nothing in its cache: unpack, install, start. */
export const npx: Benchmark = {
  name: 'npx',
  title: 'Cold `npx`: empty cache, `--help`',
  run: (place) => {
    const cwd = join(place.folder, 'npx');
    mkdirSync(cwd);
    const ours = packed(place.root, cwd);
    const vite = packed('create-vite', cwd);
    const table = interleaved(
      [cold('create-vite', vite, cwd), cold('**create-gitlab-aws-oidc**', ours, cwd)],
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
  },
};

/** @param source a folder, or a package of the registry */
function packed(source: Place['root'], to: string): string {
  const args = ['pack', source, '--json', '--ignore-scripts', '--pack-destination', to];
  const { stdout, stderr } = spawnSync('npm', args, { encoding: 'utf8' });
  const [tarball] = JSON.parse(stdout || '[]') as { filename: string }[];
  if (!tarball) throw new Error(`${source} could not be packed: ${stderr}`);
  return join(to, tarball.filename);
}

function cold(label: string, tarball: string, cwd: string): Command {
  const cache = join(cwd, 'cache');
  return {
    label,
    command: 'npx',
    args: ['--yes', `./${basename(tarball)}`, '--help'],
    cwd,
    env: { npm_config_cache: cache, npm_config_update_notifier: 'false' },
    before: () => {
      rmSync(cache, { recursive: true, force: true });
    },
  };
}

function kilobytes(file: string): string {
  return (statSync(file).size / 1000).toFixed(0);
}
