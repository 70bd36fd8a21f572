import { afterAll, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { committedFiles, filesIn } from '../support/builders/goldens.ts';
import { Lanes } from '../support/tools/lanes.ts';
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

const CASES = QUESTIONS.flatMap((question) => Object.keys(ENDS).map((end) => ({ end, question })));
type Case = (typeof CASES)[number];

/** Terminals that are open at a time: an interview mostly waits. */
const TERMINALS = 3;

describeWith([tmux], 'an interview that is ended from outside', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signals-'));

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Opens a terminal for as long as it is used. */
  async function at(command: string, cwd: string, use: (terminal: Terminal) => Promise<void>) {
    const terminal = Terminal.open(command, cwd, 100, 200);
    try {
      await use(terminal);
    } finally {
      terminal.close();
    }
  }

  /** What an end left in the folder, and the files of the repository after the draft is resumed. */
  async function interviewed({ end, question }: Case) {
    const cwd = mkdtempSync(join(folder, 'run-'));
    let draft = '';
    // By exec, so that the process of the terminal is the program.
    await at(`exec ${RUN} my-oidc`, cwd, async (terminal) => {
      await walk(terminal, ANSWERS, { before: question });
      if (question === 'Access token') terminal.press(TOKEN);
      ENDS[end]?.(terminal);
      draft = await draftIn(cwd);
    });
    const left = readdirSync(cwd);
    const mode = statSync(join(cwd, DRAFT)).mode & 0o777;
    await at(`${RUN} create --resume ${DRAFT}; echo "exit code $?"`, cwd, (terminal) =>
      walk(terminal, ANSWERS, { until: 'exit code 0' }),
    );
    return { left, mode, draft, files: filesIn(join(cwd, 'my-oidc')) };
  }

  const interviews = new Lanes(TERMINALS, CASES, interviewed);

  test.each(CASES)(
    '$end at the question "$question" leaves a draft that resumes to the same repository',
    async (one) => {
      const { left, mode, draft, files } = await interviews.of(one);
      expect(left).toEqual([DRAFT]);
      expect(mode).toBe(0o600);
      expect(draft).not.toContain('glpat');
      expect(files).toEqual(committedFiles('quickstart'));
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
