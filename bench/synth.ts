import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Place } from './benchmark.ts';
import type { Command } from './interleaved.ts';

/** `cdktf synth` in a generated repository, with the project's own libraries. */
export function synth(
  { root }: Place,
  repository: string,
  label: string,
  flags: readonly string[] = [],
): Command {
  if (!existsSync(join(repository, 'node_modules')))
    symlinkSync(join(root, 'node_modules'), join(repository, 'node_modules'));
  return {
    label,
    command: process.execPath,
    args: [join(root, 'node_modules/cdktf-cli/bundle/bin/cdktf'), 'synth', ...flags],
    cwd: repository,
    env: { CHECKPOINT_DISABLE: '1', CI: '1' },
    before: () => {
      rmSync(join(repository, 'cdktf.out'), { recursive: true, force: true });
    },
  };
}
