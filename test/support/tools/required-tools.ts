import { describe, test } from '@jest/globals';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that a test runs and this project does not install. */
export interface Tool {
  readonly name: string;
  readonly found: boolean;
  readonly install: string;
}

/** A tool that is there when `command` is on the PATH. */
export function commandTool(command: string, install: string): Tool {
  return { name: command, found: onPath(command) !== undefined, install };
}

export const terraform = commandTool(
  'terraform',
  'https://developer.hashicorp.com/terraform/install',
);
export const awsCli = commandTool('aws', 'pip install awscli');

/**
 * `describe`, where every tool is there. Where one is missing, the block is skipped with a message
 * that says how to get it; with `E2E=required` it fails.
 */
export function describeWith(tools: readonly Tool[], name: string, body: () => void): void {
  const missing = tools
    .filter(({ found }) => !found)
    .map((tool) => `${tool.name} is missing (${tool.install})`)
    .join(', ');
  if (missing === '') {
    describe(name, body);
  } else if (process.env['E2E'] === 'required') {
    test(name, () => {
      throw new Error(missing);
    });
  } else {
    process.stderr.write(`Skipped: ${name}: ${missing}\n`);
    describe.skip(`${name} (skipped: ${missing})`, body);
  }
}

/** Where the PATH has a command. */
export function onPath(command: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
