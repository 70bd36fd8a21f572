import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { interleaved, timed, type Command } from './interleaved.ts';
import { installed, packageAt } from './peers.ts';
import { synth } from './synth.ts';

const ROUNDS = 31;
/** It takes seconds. */
const SYNTH_ROUNDS = 3;

/** From an answers file to a finished repository, against copying a template and synthesizing the same roles. */
export const generation: Benchmark = {
  name: 'generation',
  title: 'A whole generation, asking nothing',
  run: (place) => {
    const { root, folder } = place;
    const cwd = join(folder, 'generation');
    mkdirSync(cwd);
    const vite = packageAt(installed(folder, 'create-vite'));
    const writes = (label: string, path: string, target: string, ...args: string[]): Command => ({
      label,
      command: process.execPath,
      args: [path, target, ...args],
      cwd,
      before: () => {
        rmSync(join(cwd, target), { recursive: true, force: true });
      },
    });
    const answers = join(root, 'generated/quickstart/gitlab-aws-oidc.yaml');
    const cli = join(root, 'dist/cli.js');
    const ours = writes('**create-gitlab-aws-oidc**', cli, 'ours', '--config', answers);
    timed(writes('the repository to synthesize', cli, 'synthesized', '--config', answers));
    const node = { label: '`node -e 0`', command: process.execPath, args: ['-e', '0'], cwd };
    const scaffolders = interleaved(
      [
        node,
        ours,
        writes(
          `create-vite ${vite.version}, vanilla`,
          vite.program,
          'vite',
          '--template',
          'vanilla',
        ),
      ],
      ROUNDS,
    );
    const cdktf = synth(place, join(cwd, 'synthesized'), '`cdktf synth --hcl` of the same', [
      '--hcl',
    ]);
    return {
      ...scaffolders,
      rows: [...scaffolders.rows, ...interleaved([node, cdktf], SYNTH_ROUNDS).rows.slice(1)],
      notes: [
        `${ROUNDS} rounds after one to warm up, ${SYNTH_ROUNDS} of \`cdktf synth\`.`,
        'The answers are those of generated/quickstart.',
        'Nothing is kept from one run to the next: each is a first run.',
      ],
    };
  },
};
