import { join } from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { interleaved, type Command } from './interleaved.ts';
import { installed, packageAt } from './peers.ts';

/** create-astro 5 does not start on Node 20. */
const PEERS = ['create-vite', 'create-astro@4', 'create-t3-app'];

/** The time until a program says what it can do. */
export const help: Benchmark = {
  name: 'help',
  title: '`--help`',
  run: ({ root, folder }) => {
    const node = (label: string, args: readonly string[]): Command => ({
      label,
      command: process.execPath,
      args,
      cwd: folder,
    });
    const peer = (packageFolder: string) => {
      const { name, version, program } = packageAt(packageFolder);
      return node(`${name} ${version}`, [program, '--help']);
    };
    return interleaved(
      [
        node('`node -e 0`', ['-e', '0']),
        node('**create-gitlab-aws-oidc**', [join(root, 'dist/cli.js'), '--help']),
        ...PEERS.map((name) => peer(installed(folder, name))),
        peer(join(root, 'node_modules/cdktf-cli')),
      ],
      15,
    );
  },
};
