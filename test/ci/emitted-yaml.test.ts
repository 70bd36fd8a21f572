import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { emittedCiFiles, parseCiFile } from '../support/ci-file.ts';
import { describeWith } from '../support/required-tools.ts';
import { shells } from '../support/shells.ts';

describe.each(emittedCiFiles())('%s', (_path, text) => {
  test('is strict YAML: each key once, nothing for a parser to remark on', () => {
    expect(() => parseCiFile(text)).not.toThrow();
  });

  test('says the same to a reader of YAML 1.1, as GitLab’s is', () => {
    expect(parseCiFile(text, '1.1')).toEqual(parseCiFile(text));
  });

  test('has no tab, no trailing blank, and one line feed at its end', () => {
    expect(text).not.toMatch(/\t|[ \r]$/m);
    expect(text).toMatch(/[^\n]\n$/);
  });
});

for (const shell of shells) {
  describeWith(shell.needs, `under ${shell.name}`, () => {
    test.each(emittedCiFiles())('every script line of %s parses', (_path, text) => {
      const lines = Object.values(parseCiFile(text))
        .flatMap((job) => [...(job.before_script ?? []), ...(job.script ?? [])])
        .filter((line) => typeof line === 'string');
      const remarks = lines.map(
        (line) =>
          spawnSync(shell.file, [...shell.args, '-n', '-c', line], { encoding: 'utf8' }).stderr,
      );
      expect(remarks.join('')).toBe('');
    });
  });
}
