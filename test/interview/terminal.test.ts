import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { committedFiles, filesIn } from '../support/builders/goldens.ts';
import { Terminal } from '../support/tools/terminal.ts';
import { commandTool, describeWith } from '../support/tools/required-tools.ts';

const tmux = commandTool('tmux', 'install the package tmux');

const CLI = resolve('dist/cli.js');

describeWith([tmux], 'the interview, at a terminal', () => {
  let folder = '';
  let terminal: Terminal;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'interview-'));
  });

  afterEach(() => {
    terminal.close();
    rmSync(folder, { recursive: true });
  });

  const QUICK: [question: string, ...keys: string[]][] = [
    ['? Setup', 'Enter'],
    ['? Access token for gitlab.com', 'Enter'],
    ['? Projects that can assume the role', 'mygroup/myproject=20', 'Enter'],
    ['? Branches that can assume the role', 'Enter'],
    ['? Permissions of the role', 'Space', 'Enter'],
    ['? Buckets to read', 'my-bucket', 'Enter'],
    ['? AWS account ID', 'Enter'],
    ['? Next', 'Enter'],
  ];

  async function answer(answers: readonly (readonly [string, ...string[]])[]) {
    for (const [question, ...keys] of answers) {
      await terminal.until(question);
      terminal.press(...keys);
    }
  }

  function open(args: string, columns?: number) {
    const command = `'${process.execPath}' '${CLI}' ${args}; echo "exit code $?"`;
    terminal = Terminal.open(command, folder, columns);
  }

  test('the quick setup asks eight questions and gives the quickstart', async () => {
    open('my-oidc');
    expect(QUICK).toHaveLength(8);
    await answer(QUICK);
    const screen = await terminal.until('exit code 0');
    expect(screen).toContain('mygroup/myproject (id 20)');
    expect(screen).toContain('from branch main, protected refs only');
    expect(screen).toContain('npx cdktf deploy');
    expect(screen).toContain('GitLab was not asked');
    expect(screen).toContain('create my-oidc-2 --config my-oidc/gitlab-aws-oidc.yaml --yes');
    expect(filesIn(join(folder, 'my-oidc'))).toEqual(committedFiles('quickstart'));
  });

  test('an answer is checked when it is given, and a pattern explained', async () => {
    open('my-oidc');
    await answer([
      ['? Setup', 'Down', 'Enter'],
      ['? GitLab URL', 'http://gitlab.example.com', 'Enter'],
    ]);
    await terminal.until('is not https, but AWS accepts only https');
    terminal.press('C-u', 'https://gitlab.com', 'Enter');
    await answer([
      ['? Access token', 'Enter'],
      ['? Projects that can assume the role', 'myproject', 'Enter'],
    ]);
    await terminal.until('names a group or user, not a project. Type group and project');
    terminal.press('C-u', 'mygroup/myproject', 'Enter');
    await answer([['? Branches that can assume the role', 'release/*', 'Enter']]);
    await terminal.until('? Allow any branch whose name begins with release/?');
  });

  test('Esc and < go back, and an answer can be edited at the summary', async () => {
    open('my-oidc');
    await answer(QUICK.slice(0, 2));
    await answer([['? Projects that can', 'mygroup/other=7', 'Enter']]);
    await terminal.until('? Branches that can');
    terminal.press('Escape');
    await terminal.until('? Projects that can');
    terminal.press('<', 'Enter');
    await answer(QUICK.slice(1, -1));
    await terminal.until('❯ Write to my-oidc');
    terminal.press('Down', 'Down', 'Enter');
    await terminal.until('Projects that can assume the role: mygroup/myproject=20');
    terminal.press('Down', 'Down', 'Down', 'Enter');
    await answer([['? Projects that can', 'mygroup/edited=21', 'Enter']]);
    const screen = await terminal.until('? Next');
    expect(screen).toContain('mygroup/edited (id 21)');
    expect(screen).toContain('may read S3 my-bucket');
  });

  test('forty pasted projects are one answer', async () => {
    open('my-oidc');
    await answer(QUICK.slice(0, 2));
    await terminal.until('? Projects that can');
    terminal.paste(Array.from({ length: 40 }, (_, i) => `mygroup/p${i}=${i + 1}`).join('\n'));
    await terminal.until('mygroup/p39=40');
    terminal.press('Enter');
    await answer(QUICK.slice(3));
    await terminal.until('exit code 0');
    const written = readFileSync(join(folder, 'my-oidc', 'gitlab-aws-oidc.yaml'), 'utf8');
    expect(written.match(/path: mygroup\/p\d+/g)).toHaveLength(40);
  });

  test.each([0, 3, 7])(
    'Ctrl-C at question %i leaves a draft that resumes to the same repository',
    async (question) => {
      open('my-oidc');
      await answer(QUICK.slice(0, question));
      await terminal.until(QUICK[question]?.[0] ?? '');
      terminal.press('C-c');
      const screen = await terminal.until('exit code 130');
      expect(screen).toContain('create --resume gitlab-aws-oidc.draft.yaml');
      expect(readdirSync(folder)).toEqual(['gitlab-aws-oidc.draft.yaml']);
      expect(statSync(join(folder, 'gitlab-aws-oidc.draft.yaml')).mode & 0o777).toBe(0o600);
      terminal.close();
      open('create --resume gitlab-aws-oidc.draft.yaml');
      // A token is in no draft, so it is asked for again.
      await answer(question === 0 ? QUICK : [...QUICK.slice(1, 2), ...QUICK.slice(question)]);
      await terminal.until('exit code 0');
      expect(filesIn(join(folder, 'my-oidc'))).toEqual(committedFiles('quickstart'));
    },
  );

  test.each([
    ["--branch 'a b'", '"a b" holds " ", which git refuses.'],
    ['--project mygroup', '"mygroup" names a group or user, not a project.'],
    ['--output foo', '"foo" does not fit here.'],
    ["--project a/b --tag v1 --tag 'v 2'", '"v 2" holds " ", which git refuses.'],
  ])('%s is refused before the first question', async (flags, what) => {
    open(`my-oidc ${flags}`);
    const screen = await terminal.until('exit code 2');
    expect(screen).toContain(what);
    expect(screen).not.toContain('Setup');
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['a region, from which the partition follows', '--region cn-north-1'],
    ['a key of the state, before it is known where that is', '--state-key x'],
    [
      'a name with {project}, before it is known whether each gets a role',
      "--role-name 'x-{project}'",
    ],
  ])('%s, is accepted until the answer that decides it is given', async (_, flags) => {
    open(`my-oidc ${flags}`);
    expect(await terminal.until('? Setup')).not.toContain('error');
  });

  test('a draft is resumed with its own answers: flags that answer are refused, and the folder is not', async () => {
    open('my-oidc');
    await terminal.until('? Setup');
    terminal.press('C-c');
    await terminal.until('exit code 130');
    for (const flag of ['--branch main', '--config a.yaml', '--no-protected-only']) {
      terminal.close();
      open(`create --resume gitlab-aws-oidc.draft.yaml ${flag}`, 160);
      const screen = (await terminal.until('exit code 2')).replace(/\s+/g, ' ');
      expect(screen).toMatch(/It cannot be combined with --resume: the draft has the answers\./);
      expect(screen).toMatch(
        /Leave out --[a-z-]+ and edit the answer at the summary, or leave out --resume\./,
      );
    }
    terminal.close();
    open('create other --resume gitlab-aws-oidc.draft.yaml');
    await answer(QUICK.slice(0, -1));
    await terminal.until('Write to other');
  });
});
