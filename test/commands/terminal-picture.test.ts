import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { commandTool, describeWith } from '../support/tools/required-tools.ts';

const PICTURE = 'docs/terminal.svg';

describeWith([commandTool('tmux', 'apt install tmux')], 'the picture of the README', () => {
  test('shows what the built program prints in a terminal', () => {
    const now = execFileSync(process.execPath, ['scripts/terminal-picture.mjs'], {
      encoding: 'utf8',
    });
    if (process.env['UPDATE_DOCS']) writeFileSync(PICTURE, now);
    expect(readFileSync(PICTURE, 'utf8')).toBe(now);
  });
});
