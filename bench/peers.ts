import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Installs a package into a folder of its own, never into the project.
 *
 * @param specification its name, with or without a version
 * @returns the package's folder
 */
export function installed(folder: string, specification: string): string {
  const name = specification.replace(/(?<=.)@.*/, '');
  const prefix = join(folder, 'peers', specification.replace('/', '-'));
  const { status, stderr } = spawnSync(
    'npm',
    ['install', '--silent', '--prefix', prefix, specification],
    { encoding: 'utf8', shell: process.platform === 'win32' },
  );
  if (status !== 0) throw new Error(`${specification} could not be installed: ${stderr}`);
  return join(prefix, 'node_modules', name);
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly bin?: string | Readonly<Record<string, string>>;
}

/** What a package is called, and where its first program is, if it has one. */
export function packageAt(folder: string): { name: string; version: string; program: string } {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const { name, version, bin = {} } = JSON.parse(text) as Manifest;
  const [program = ''] = typeof bin === 'string' ? [bin] : Object.values(bin);
  return { name, version, program: join(folder, program) };
}
