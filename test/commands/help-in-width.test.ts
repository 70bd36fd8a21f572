import { describe, expect, test } from '@jest/globals';
import { helpInWidth } from '../../src/commands/help/help-in-width.ts';
import { helpOn } from '../../src/commands/help/help.ts';
import { COMMAND_NAMES } from '../../src/commands/index.ts';

const wordsOf = (text: string) => text.split(/\s+/);
const isCommandLine = (line: string) => /^ {2}.*create-gitlab-aws-oidc /.test(line);
const place = (path: string) => `/usr/lib/node_modules/create-gitlab-aws-oidc/${path}`;

describe.each([60, 80, 120])('help in %i columns', (width) => {
  test.each([undefined, ...COMMAND_NAMES])('of %s', async (name) => {
    const whole = await helpOn(name, place);
    const shown = helpInWidth(whole, width);
    // Nothing but line breaks and space differs.
    expect(wordsOf(shown)).toEqual(wordsOf(whole));
    const tooLong = shown
      .split('\n')
      .filter((line) => line.length > width && !isCommandLine(line))
      .filter((line) => line.trim().includes(' '));
    expect(tooLong).toEqual([]);
    // A command is copied as a whole.
    expect(shown.split('\n').filter(isCommandLine)).toEqual(
      whole.split('\n').filter(isCommandLine),
    );
  });
});

describe('what a flag does', () => {
  const help = 'This run\n  --json                             print the result as JSON\n';

  test('is beside its name where there is room', () => {
    expect(helpInWidth(help, 60).split('\n')).toContain('      print the result as JSON');
    expect(helpInWidth(help, 80)).toBe(help);
  });
});
