import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answers } from '../../src/answers/schema.ts';
import type { SubComponent } from '../../src/gitlab/subject.ts';
import { role } from '../support/builders/answers.ts';
import { answersFor, deploy, settingsScript, SHOP } from '../support/builders/settings-script.ts';
import { refName } from '../support/builders/hostile.ts';
import type { Holdings, ProjectHeld } from '../support/stand-ins/gitlab-server/holdings.ts';
import { TOKEN } from '../support/stand-ins/gitlab-server/gitlab-server.ts';
import { commandTool, describeWith } from '../support/tools/required-tools.ts';
import { scratchFolders } from '../support/tools/scratch-folder.ts';
import { Terminal } from '../support/tools/terminal.ts';
import { shells, type JobShell } from '../support/tools/shells.ts';
import { runs } from '../support/tools/runs.ts';

const curl = commandTool('curl', 'apt-get install curl');
const tmux = commandTool('tmux', 'apt-get install tmux');
const scratchFolder = scratchFolders();
const started: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of started.splice(0)) await stop();
});

const FORM: SubComponent[] = ['project_id', 'ref_type', 'ref', 'ref_protected'];
const PATH_FORM: SubComponent[] = ['project_path', 'ref_type', 'ref', 'ref_protected'];

async function setUp(shell: JobShell, given: Answers, held: Partial<Holdings>) {
  const made = await settingsScript(scratchFolder, shell, given, held);
  started.push(made.stop);
  return made;
}

for (const shell of shells) {
  describeWith([curl, tmux, ...shell.needs], `settings.sh under ${shell.name}`, () => {
    test('adds no rule where another one covers the ref, since the most permissive rule counts', async () => {
      const given = answersFor([deploy({ branches: ['release/*', 'main'], protected_only: true })]);
      const rules = [{ name: 'x?' }, { name: 'rel*' }, { name: 'mai' }, { name: 'm*n' }];
      const { script, writes } = await setUp(shell, given, {
        projects: [{ ...SHOP, protectedBranches: rules }],
      });
      expect((await script.run()).exitCode).toBe(0);
      expect(writes()).toEqual([]);
    });

    test('protects what a rule covers in part only', async () => {
      const given = answersFor([deploy({ branches: ['release/*'], protected_only: true })]);
      const { script, writes } = await setUp(shell, given, {
        projects: [{ ...SHOP, protectedBranches: [{ name: 'release/1' }, { name: '*/1' }] }],
      });
      expect((await script.run()).exitCode).toBe(0);
      expect(writes()).toEqual(['POST /api/v4/projects/20/protected_branches']);
    });

    test('sets every project of a group, over all pages, but none that is archived or has its own settings', async () => {
      const given = answersFor(
        [
          role({
            name: 'group',
            projects: [],
            groups: [{ path: 'acme', accept_new_projects: true }],
            refs: { branches: ['main'] },
          }),
          deploy({ branches: ['main'] }, [{ path: 'acme/team-1/service-1', id: 101 }]),
        ],
        PATH_FORM,
      );
      const projects = Array.from({ length: 8 }, (_, index): ProjectHeld => ({
        id: 100 + index,
        path: `acme/team-${index % 3}/service-${index}`,
        archived: index === 6,
        ...(index === 7 ? {} : { subComponents: PATH_FORM }),
      }));
      const { script, writes } = await setUp(shell, given, {
        groups: [{ id: 1, full_path: 'acme' }],
        projects: [...projects, { id: 9, path: 'acme-evil/shop' }],
        pageSize: 3,
      });
      const { exitCode, stdout } = await script.run();
      expect(exitCode).toBe(0);
      expect(writes()).toEqual(['PUT /api/v4/projects/acme%2Fteam-1%2Fservice-7']);
      expect(stdout.split('\n').map((line) => line.replace(/: .*/, ''))).toEqual([
        'ok      acme/team-1/service-1',
        'ok      acme/team-0/service-0',
        'ok      acme/team-2/service-2',
        'ok      acme/team-0/service-3',
        'ok      acme/team-1/service-4',
        'ok      acme/team-2/service-5',
        'set     acme/team-1/service-7',
        'Every setting is as it must be.',
        '',
      ]);
    });

    test('keeps forks out where GitLab gives them the path of the parent, and only there', async () => {
      const given = answersFor([deploy({ branches: ['*'] })]);
      const old = await setUp(shell, given, { version: '18.2.1' });
      expect((await old.script.run(['--check'])).exitCode).toBe(1);
      expect((await old.script.run()).exitCode).toBe(0);
      expect(old.writes()).toEqual(['PUT /api/v4/projects/20']);
      expect((await old.script.run(['--check'])).exitCode).toBe(0);
      const fixed = await setUp(shell, given, { version: '18.2.2-ee' });
      expect((await fixed.script.run()).exitCode).toBe(0);
      expect(fixed.writes()).toEqual([]);
    });

    test('stops at a token that GitLab rejects, and shows it to nobody', async () => {
      const given = answersFor([deploy({ branches: ['main'], protected_only: true })]);
      const { script } = await setUp(shell, given, {});
      const wrong = 'glpat-wrongSecretToken01';
      const rejected = await script.run([], { GITLAB_TOKEN: wrong });
      expect(rejected).toEqual({
        exitCode: 2,
        stdout: '',
        stderr: 'GitLab rejected the token (401): it is wrong, expired or revoked.\n',
      });
      await script.run();
      const seen = readFileSync(join(script.folder, 'seen'), 'utf8');
      expect(seen).toContain('--header @-');
      expect(seen).not.toContain(wrong);
      expect(seen).not.toContain(TOKEN);
    });

    test.each(['', 'a b', 'a\nX-Header: b', 'ä'])(
      'sends nothing with %j for a token',
      async (token) => {
        const given = answersFor([deploy({ branches: ['main'], protected_only: true })]);
        const { script, server } = await setUp(shell, given, {});
        expect((await script.run([], { GITLAB_TOKEN: token })).exitCode).toBe(2);
        expect(server.questions).toEqual([]);
      },
    );

    test('goes on after a project that is not there, and exits 2', async () => {
      const projects = [
        { path: 'acme/gone', id: 19 },
        { path: SHOP.path, id: 20 },
      ];
      const given = answersFor([deploy({ branches: ['main'], protected_only: true }, projects)]);
      const { script } = await setUp(shell, given, {});
      expect(await script.run()).toEqual({
        exitCode: 2,
        stdout: 'set     acme/shop: branch main is protected\n',
        stderr: `failed  acme/gone: project: not found (404), or the token cannot see it.
1 could not be read or set.
`,
      });
    });

    test('says what a token lacks', async () => {
      const given = answersFor([deploy({ branches: ['main'], protected_only: true })], FORM);
      const { script, server } = await setUp(shell, given, {
        projects: [{ ...SHOP, subComponents: null }],
      });
      server.fault = (request, response) => {
        if (request.method === 'GET') return false;
        response.writeHead(403).end('{}');
        return true;
      };
      const { exitCode, stderr } = await script.run();
      expect(exitCode).toBe(2);
      expect(stderr)
        .toBe(`failed  acme/shop: the subject of its ID tokens contains project_id, ref_type, ref, ref_protected: GitLab does not show ci_id_token_sub_claim_components. This requires the Maintainer role and GitLab 17.10 or newer.
failed  acme/shop: branch main is protected: the token has no permission (403). It needs the scope api and the Maintainer role.
2 could not be read or set.
`);
    });

    test('does not take text in a description for a setting', async () => {
      const given = answersFor([deploy({ branches: ['main'], protected_only: true })], FORM);
      const forged = `"ci_id_token_sub_claim_components":${JSON.stringify(FORM)},"name":"main"`;
      const { script } = await setUp(shell, given, {
        projects: [{ ...SHOP, branches: [forged], protectedBranches: [{ name: `x,{${forged}}` }] }],
      });
      const { exitCode, stdout } = await script.run(['--check']);
      expect(exitCode).toBe(1);
      expect(stdout.match(/^missing/gm)).toHaveLength(2);
    });

    test('protects branches and tags of any name, and runs no part of it', async () => {
      const names = fc.sample(fc.tuple(refName('branch'), refName('tag')), { numRuns: runs(3) });
      const known = [
        '$(touch${IFS}pwned)',
        '`touch`;touch$IFS',
        `'"&|<>#`,
        '\u009b31m',
        '-%00@x=y',
      ];
      const branches = [
        ...new Set([
          ...known.filter((name) => !name.startsWith('-')),
          ...names.map(([name]) => name),
        ]),
      ];
      const tags = [...new Set(names.map(([, name]) => name))];
      const given = answersFor([deploy({ branches, tags, protected_only: true })]);
      const { script, writes } = await setUp(shell, given, {});
      const before = readdirSync(script.folder);
      const first = await script.run();
      expect(first.exitCode).toBe(0);
      expect(`${first.stdout}${first.stderr}`).toMatch(/^[\n -~]*$/);
      expect(writes()).toHaveLength(branches.length + tags.length);
      expect((await script.run(['--check'])).exitCode).toBe(0);
      expect(writes()).toHaveLength(branches.length + tags.length);
      expect(readdirSync(script.folder)).toEqual([...before, 'seen'].sort());
    });

    test('asks for the token at a terminal without showing it, and leaves the terminal as it was', async () => {
      const given = answersFor([deploy({ branches: ['main'], protected_only: true })]);
      const { script } = await setUp(shell, given, {});
      const echo = `echo "echo is on: $(stty -a | tr ' ;' '\\n\\n' | grep -cx echo)"`;
      const terminal = Terminal.open(`${script.terminalCommand}; ${echo}`, script.folder);
      try {
        await terminal.until('GitLab token (not shown):');
        terminal.press(TOKEN, 'Enter');
        const screen = await terminal.until('echo is on: 1', 30_000);
        expect(screen).toContain('set     acme/shop: branch main is protected');
        expect(screen).not.toContain(TOKEN);
      } finally {
        terminal.close();
      }
    });
  });
}
