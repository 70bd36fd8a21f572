import { spawnSync } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { shareProviders } from './jest-providers.mjs';

export default async function setup() {
  callPythonDirectly();
  await shareProviders();
}

/**
 * pyenv's commands look for their version of Python at each start, which takes longer than the AWS CLI itself does: they
 * are called where they are.
 */
function callPythonDirectly() {
  const { status, stdout } = spawnSync('pyenv', ['which', 'aws'], { encoding: 'utf8' });
  if (status !== 0) return;
  process.env['PATH'] = [dirname(stdout.trim()), process.env['PATH']].join(delimiter);
}
