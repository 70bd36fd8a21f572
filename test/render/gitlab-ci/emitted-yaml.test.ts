import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { emittedCiFiles, parseCiFile } from '../../support/builders/ci-file.ts';
import { renderVariant, variants } from '../../support/builders/ci-variants.ts';
import { describeWith } from '../../support/tools/required-tools.ts';
import { shells } from '../../support/tools/shells.ts';

const files = [
  ...emittedCiFiles(),
  ...variants.flatMap(({ name, files }) =>
    [...files].map(([path, text]): [string, string] => [`${path} of ${name}`, text]),
  ),
];

describe.each(files)('%s', (_path, text) => {
  test('is strict YAML: each key once, nothing for a parser to remark on', () => {
    expect(() => parseCiFile(text)).not.toThrow();
  });

  test("says the same to a reader of YAML 1.1, as GitLab's is", () => {
    expect(parseCiFile(text, '1.1')).toEqual(parseCiFile(text));
  });

  test('has no tab, no trailing blank, and one line feed at its end', () => {
    expect(text).not.toMatch(/\t|[ \r]$/m);
    expect(text).toMatch(/[^\n]\n$/);
  });
});

test.each([
  '.5',
  '._5',
  '.inf',
  '.NaN',
  'e5',
  'E-4',
  'On',
  'y',
  '~',
  '1:30',
  '0x1f',
  '2026-11-23',
  '<<',
  '=',
])('an audience of %s is a string to every reader', (audience) => {
  const gitlab = { url: 'https://gitlab.example.com', audience };
  const text = renderVariant({ gitlab }).get('ci/assume-role.gitlab-ci.yml') ?? '';
  for (const version of ['1.1', '1.2'] as const) {
    expect(parseCiFile(text, version)['.aws-sign-in']?.id_tokens).toEqual({
      AWS_ID_TOKEN: { aud: audience },
    });
  }
});

for (const shell of shells) {
  describeWith(shell.needs, `under ${shell.name}`, () => {
    test.each(files)('every script line of %s parses', (_path, text) => {
      const lines = Object.values(parseCiFile(text))
        .flatMap((job) => [...(job.before_script ?? []), ...(job.script ?? [])])
        .filter((line) => typeof line === 'string');
      // One process reads each line by itself: to start a shell from here takes ten times as long.
      const each = `for line in "$@"; do ${[shell.file, ...shell.args].join(' ')} -n -c "$line"; done`;
      const { stderr } = spawnSync('sh', ['-c', each, 'sh', ...lines], { encoding: 'utf8' });
      expect(stderr).toBe('');
    });
  });
}
