import { afterEach, expect, test } from '@jest/globals';
import type { Answers, Role } from '../../src/answers/schema.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import type { SubComponent } from '../../src/gitlab/subject.ts';
import { answersFor, deploy, settingsScript } from '../support/builders/settings-script.ts';
import { openssl } from '../support/stand-ins/certificates.ts';
import { commandTool, describeWith } from '../support/tools/required-tools.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';
import { shells, type JobShell } from '../support/tools/shells.ts';

const curl = commandTool('curl', 'apt-get install curl');
const scratchFolder = scratchFolders();
const started: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of started.splice(0)) await stop();
});

const FORM: SubComponent[] = ['project_id', 'ref_type', 'ref', 'ref_protected'];

async function setUp(shell: JobShell, given: Answers) {
  const made = await settingsScript(scratchFolder, shell, given, {});
  started.push(made.stop);
  return made;
}

test('a role for every protected branch protects none: nobody could push to any other', () => {
  const protections = (refs: Role['refs']) =>
    blueprintOf(answersFor([deploy(refs)])).gitlabSettings.flatMap((one) => one.protectedRefs);
  expect(protections({ branches: ['*'], protected_only: true })).toEqual([]);
  expect(protections({ branches: ['main', '*'], tags: ['*'], protected_only: true })).toEqual([
    { type: 'branch', name: 'main' },
    { type: 'tag', name: '*' },
  ]);
});

for (const shell of shells) {
  describeWith([curl, openssl, ...shell.needs], `settings.sh under ${shell.name}`, () => {
    test('reports what is missing, sets it, and then has nothing to set', async () => {
      const given = answersFor(
        [deploy({ branches: ['main'], tags: ['v*'], protected_only: true })],
        FORM,
      );
      const { script, writes } = await setUp(shell, given);

      expect(await script.run(['--check'])).toEqual({
        exitCode: 1,
        stdout: `missing acme/shop: the subject of its ID tokens contains project_id, ref_type, ref, ref_protected
missing acme/shop: branch main is protected
missing acme/shop: tag v* is protected
`,
        stderr: '3 missing. To set them, run: sh gitlab/settings.sh\n',
      });
      expect(writes()).toEqual([]);

      expect(await script.run()).toEqual({
        exitCode: 0,
        stdout: `set     acme/shop: the subject of its ID tokens contains project_id, ref_type, ref, ref_protected
set     acme/shop: branch main is protected
set     acme/shop: tag v* is protected
Every setting is as it must be.
`,
        stderr: '',
      });
      expect(writes()).toEqual([
        'PUT /api/v4/projects/20',
        'POST /api/v4/projects/20/protected_branches',
        'POST /api/v4/projects/20/protected_tags',
      ]);

      const ok = {
        exitCode: 0,
        stdout: `ok      acme/shop: the subject of its ID tokens contains project_id, ref_type, ref, ref_protected
ok      acme/shop: branch main is protected
ok      acme/shop: tag v* is protected
Every setting is as it must be.
`,
        stderr: '',
      };
      expect(await script.run(['--check'])).toEqual(ok);
      expect(await script.run()).toEqual(ok);
      expect(writes()).toHaveLength(3);
    });

    test('explains itself, and refuses arguments it does not know', async () => {
      const given = answersFor([deploy({ branches: ['main'], protected_only: true })]);
      const { script, server } = await setUp(shell, given);
      const usage = 'Usage: sh gitlab/settings.sh [--check]\n';
      expect(await script.run(['--help'])).toEqual({ exitCode: 0, stdout: usage, stderr: '' });
      expect(await script.run(['--force'])).toEqual({ exitCode: 2, stdout: '', stderr: usage });
      expect(server.questions).toEqual([]);
    });
  });
}
