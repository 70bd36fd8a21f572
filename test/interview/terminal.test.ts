import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
    terminal = Terminal.open(`'${process.execPath}' '${CLI}' my-oidc; echo "exit code $?"`, folder);
  });

  afterEach(() => {
    terminal.close();
    rmSync(folder, { recursive: true });
  });

  test('from first to last question gives the quickstart', async () => {
    const answers: [question: string, ...keys: string[]][] = [
      ['Address of your GitLab', 'Enter'],
      ['Access token for gitlab.com', 'Enter'],
      ['Audience of the ID token', 'Enter'],
      ['OIDC provider in the AWS account', 'Enter'],
      ['AWS region', 'Enter'],
      ['AWS account id', 'Enter'],
      ['? Roles', 'Enter'],
      ['Name of the IAM role', 'Enter'],
      ['Projects that may assume it', 'mygroup/myproject', 'Enter'],
      ['Numeric id of mygroup/myproject', '20', 'Enter'],
      ['Branches that may assume it', 'Enter'],
      ['Tags that may assume it', 'Enter'],
      ['Protected branches and tags only?', 'Enter'],
      ['What the role may do', 'Space', 'Enter'],
      ['Buckets to read', 'my-bucket', 'Enter'],
      ['More about the role?', 'Enter'],
      ['Another role?', 'Enter'],
      ['Infrastructure as', 'Enter'],
      ['Terraform state', 'Enter'],
      ['GitLab project that will hold the new repository', 'Enter'],
      ['How jobs get credentials', 'Enter'],
      ['Write it to my-oidc?', 'Enter'],
    ];
    for (const [question, ...keys] of answers) {
      await terminal.until(question);
      terminal.press(...keys);
    }
    const screen = await terminal.until('exit code 0');
    expect(screen).toContain('mygroup/myproject (id 20)');
    expect(screen).toContain('from branch main, protected only');
    expect(screen).toContain('npx cdktf deploy');
    expect(screen).toContain('GitLab was not asked');
    expect(filesIn(join(folder, 'my-oidc'))).toEqual(committedFiles('quickstart'));
  });

  test('an answer is checked when it is given, and a wildcard explained', async () => {
    await terminal.until('Address of your GitLab');
    terminal.press('http://gitlab.example.com', 'Enter');
    await terminal.until('is not https, and AWS takes only https');
    terminal.press('C-u', 'https://gitlab.com', 'Enter');
    for (const question of [
      'Access token',
      'Audience',
      'OIDC provider',
      'AWS region',
      'AWS account id',
      '? Roles',
      'Name of',
    ]) {
      await terminal.until(question);
      terminal.press('Enter');
    }
    await terminal.until('Projects that may assume it');
    terminal.press('myproject', 'Enter');
    await terminal.until('names a group or user, not a project');
    terminal.press('C-u', 'mygroup/myproject', 'Enter');
    await terminal.until('Numeric id');
    terminal.press('Enter');
    await terminal.until('Branches that may assume it');
    terminal.press('release/*', 'Enter');
    await terminal.until('is any branch whose name begins with release/, such as release/x/y');
  });

  test.each(['the first question', 'a later one'])('Ctrl-C at %s leaves nothing', async (where) => {
    await terminal.until('Address of your GitLab');
    if (where === 'a later one') {
      terminal.press('Enter');
      await terminal.until('Access token for gitlab.com');
    }
    terminal.press('C-c');
    await terminal.until('exit code 130');
    expect(readdirSync(folder)).toEqual([]);
  });
});
