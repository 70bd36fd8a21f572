import { afterAll, afterEach, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { committedFiles, filesIn } from '../support/builders/goldens.ts';
import { PROGRAM } from '../support/tools/program.ts';
import { commandTool, describeWith } from '../support/tools/required-tools.ts';
import { Terminal } from '../support/tools/terminal.ts';
import { walk, type Keys } from '../support/tools/walk.ts';

const tmux = commandTool('tmux', 'install the package tmux');

const RUN = `env -u CI_JOB_TOKEN -u GITLAB_TOKEN '${process.execPath}' '${PROGRAM}'`;

const DRAFT = 'gitlab-aws-oidc.draft.yaml';

/** Typed where a token is asked for, and not yet given when the program is ended. */
const TOKEN = 'glpat-half-typed';

const QUESTIONS = [
  'Setup',
  'Access token',
  'Projects that can',
  'Branches that can',
  'Permissions of',
  'Buckets to read',
  'AWS account ID',
  'Next',
];

const ANSWERS: Record<string, readonly Keys[]> = {
  'Projects that can': [['mygroup/myproject=20', 'Enter']],
  'Permissions of': [['Space', 'Enter']],
  'Buckets to read': [['my-bucket', 'Enter']],
};

/** What can end the program from outside. */
const ENDS: Record<string, (terminal: Terminal) => void> = {
  SIGINT: (terminal) => process.kill(terminal.pid(), 'SIGINT'),
  SIGTERM: (terminal) => process.kill(terminal.pid(), 'SIGTERM'),
  SIGHUP: (terminal) => process.kill(terminal.pid(), 'SIGHUP'),
  'a closed terminal': (terminal) => {
    terminal.close();
  },
};

describeWith([tmux], 'an interview that is ended from outside', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signals-'));
  let terminal: Terminal | undefined;

  afterEach(() => {
    terminal?.close();
    terminal = undefined;
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function open(command: string, cwd: string): Terminal {
    terminal = Terminal.open(command, cwd, 100, 200);
    return terminal;
  }

  test.each(
    QUESTIONS.flatMap((question) => Object.keys(ENDS).map((end) => [end, question] as const)),
  )(
    '%s at the question "%s" leaves a draft that resumes to the same repository',
    async (end, question) => {
      const cwd = mkdtempSync(join(folder, 'run-'));
      // By exec, so that the process of the terminal is the program.
      const first = open(`exec ${RUN} my-oidc`, cwd);
      await walk(first, ANSWERS, { before: question });
      if (question === 'Access token') first.press(TOKEN);
      ENDS[end]?.(first);
      if (end === 'a closed terminal') terminal = undefined;
      const draft = await draftIn(cwd);
      terminal?.close();

      expect(readdirSync(cwd)).toEqual([DRAFT]);
      expect(statSync(join(cwd, DRAFT)).mode & 0o777).toBe(0o600);
      expect(draft).not.toContain('glpat');

      const second = open(`${RUN} create --resume ${DRAFT}; echo "exit code $?"`, cwd);
      await walk(second, ANSWERS, { until: 'exit code 0' });
      expect(filesIn(join(cwd, 'my-oidc'))).toEqual(committedFiles('quickstart'));
    },
  );
});

/** Waits for a whole draft. The process is no sign: a terminal may keep it as a zombie. */
async function draftIn(folder: string): Promise<string> {
  for (let left = 500; left > 0; left--) {
    const file = join(folder, DRAFT);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (text.endsWith('}\n')) return text;
    await sleep(20);
  }
  throw new Error(`no draft in ${folder}`);
}
