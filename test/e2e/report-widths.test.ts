import { resolve } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { goldenFolder } from '../support/builders/goldens.ts';
import { GeneratedRepository } from '../support/builders/generated-repository.ts';
import { PROGRAM } from '../support/tools/program.ts';
import { commandTool, describeWith } from '../support/tools/required-tools.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';
import { Terminal } from '../support/tools/terminal.ts';

const scratchFolder = scratchFolders();
const [one, several] = ['plan-and-apply', 'three-accounts'].map((name) =>
  resolve(goldenFolder(name)),
);

/** Commands whose text says more than fits on a line. */
const REPORTS: readonly (readonly string[])[] = [
  ['explain', one ?? ''],
  ['explain', one ?? '', '--project', 'mygroup/infrastructure', '--tag', 'v1'],
  ['lint', one ?? ''],
  ['audit', one ?? '', several ?? ''],
  ['compare', one ?? '', several ?? ''],
  ['--help'],
  ['audit', '--help'],
  ['lint', one ?? '', '--fail-on', 'none'],
];

describeWith([commandTool('tmux', 'apt-get install tmux')], 'a report in a terminal', () => {
  let terminal: Terminal;

  afterEach(() => {
    terminal.close();
  });

  async function reportOf(args: readonly string[], folder: string, columns: number) {
    const command = [process.execPath, PROGRAM, ...args].map((word) => `'${word}'`).join(' ');
    terminal = Terminal.open(`${command}; echo Finished`, folder, columns, 200);
    await terminal.until('Finished', 30_000);
    return terminal.printed();
  }

  describe.each([80, 60])('of %i columns', (columns) => {
    test.each(REPORTS)('%s breaks lines between words', async (...args) => {
      expect(tooWide(await reportOf(args, scratchFolder(), columns), columns)).toEqual([]);
    });

    test('update breaks lines between words', async () => {
      const repository = GeneratedRepository.of('organization', scratchFolder());
      repository.edit('gitlab-aws-oidc.yaml', '- /app/*', '- /other/*');
      repository.edit('gitlab-aws-oidc.yaml', '- main', '- stable');
      const lines = await reportOf(['update', '--yes'], repository.folder, columns);
      expect(lines.join('\n')).toMatch(/bootstrap\/README\.md\s+has\s+the\s+commands/);
      expect(tooWide(lines, columns)).toEqual([]);
    });

    test('what an edit by hand changes breaks lines between words', async () => {
      const repository = GeneratedRepository.of('three-accounts', scratchFolder());
      repository.edit('terraform/modules/gitlab-oidc/roles.tf', 'ref:main', 'ref:dev');
      const lines = await reportOf(['update', '--dry-run'], repository.folder, columns);
      expect(lines.join('\n')).toMatch(/accept\s+each\s+file\s+with\s+a\s+reason/);
      expect(tooWide(lines, columns)).toEqual([]);
    });
  });
});

/**
 * Lines that the terminal breaks although they could end before: what is left is a word that is longer, such as a value
 * to copy, or a command.
 */
function tooWide(lines: readonly string[], columns: number): string[] {
  const couldEnd = (line: string) => line.trim().split(/ {2,}/).at(-1)?.includes(' ') === true;
  const isCommand = (line: string) => /^ {4}check: |^ {2}.*create-gitlab-aws-oidc /.test(line);
  return lines.filter((line) => line.length > columns && couldEnd(line) && !isCommand(line));
}
