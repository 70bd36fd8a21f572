import { afterAll, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { committedFiles, filesIn } from '../support/builders/goldens.ts';
import { PROGRAM } from '../support/tools/program.ts';
import { commandTool, describeWith } from '../support/tools/required-tools.ts';
import { Terminal } from '../support/tools/terminal.ts';
import { walk, type Keys } from '../support/tools/walk.ts';

const tmux = commandTool('tmux', 'install the package tmux');

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
  const environment = 'env -u CI_JOB_TOKEN -u GITLAB_TOKEN';

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** By `exec`, so that the process of the terminal is the program. */
  function open(args: string, cwd: string): Terminal {
    return Terminal.open(
      `exec ${environment} '${process.execPath}' '${PROGRAM}' ${args}`,
      cwd,
      100,
      200,
    );
  }

  test.each(
    QUESTIONS.flatMap((question) => Object.keys(ENDS).map((end) => [end, question] as const)),
  )(
    '%s at the question "%s" leaves a draft that resumes to the same repository',
    async (end, question) => {
      const cwd = mkdtempSync(join(folder, 'run-'));
      const first = open('my-oidc', cwd);
      const program = first.pid();
      await walk(first, ANSWERS, { before: question });
      if (question === 'Access token') first.press(TOKEN);
      ENDS[end]?.(first);
      await gone(program);
      if (end !== 'a closed terminal') first.close();

      expect(readdirSync(cwd)).toEqual([DRAFT]);
      expect(statSync(join(cwd, DRAFT)).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(cwd, DRAFT), 'utf8')).not.toContain('glpat');

      const second = open(`create --resume ${DRAFT}`, cwd);
      await walk(second, ANSWERS, { until: 'Pane is dead' });
      second.close();
      expect(filesIn(join(cwd, 'my-oidc'))).toEqual(committedFiles('quickstart'));
    },
  );
});

async function gone(pid: number): Promise<void> {
  for (let left = 500; left > 0; left--) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(20);
  }
  throw new Error(`process ${pid} did not end`);
}
