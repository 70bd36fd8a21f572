import { spawnSync } from 'node:child_process';

/**
 * Whether a tool is on this machine. Where it is not, the tests that need it are skipped with a word on how to get it,
 * and fail with `E2E=required`.
 */
export function hasTool(tool: string, howToGetIt: string): boolean {
  const found = spawnSync('sh', ['-c', `command -v "$0"`, tool]).status === 0;
  if (found) return true;
  const message = `${tool} is not on this machine: ${howToGetIt}`;
  if (process.env['E2E'] === 'required') throw new Error(message);
  process.stderr.write(`skipped: ${message}\n`);
  return false;
}
