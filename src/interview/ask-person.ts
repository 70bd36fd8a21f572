import { columnsOf, linesOf, printTo, styled } from '../terminal/output.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import inquirer from 'inquirer';
import type { Person } from './asker.ts';
import { untilEscape } from '../terminal/until-escape.ts';
import { spinning } from '../terminal/spinner.ts';

/** Milliseconds without a key before what was typed is searched for. */
const TYPING = 150;

/** Asks a person at a terminal. Rejects with inquirer's ExitPromptError on Ctrl-C. */
export const askPerson: Person = {
  async text({ message, why, default: value, check, optional }) {
    this.say(why);
    const { answer } = await inquirer.prompt<{ answer: string }>([
      {
        type: 'input',
        name: 'answer',
        message,
        ...(value === undefined ? {} : { default: value }),
        validate: (text: string) => {
          const given = text.trim();
          if (given === '' && optional) return true;
          const flaw = check?.(given);
          return flaw ? `${flaw.what}. ${flaw.fix}` : true;
        },
      },
    ]);
    return answer.trim();
  },
  async choice({ message, why, choices, default: value }) {
    this.say(why);
    const { answer } = await inquirer.prompt<{ answer: string }>([
      { type: 'select', name: 'answer', message, choices: [...choices], default: value },
    ]);
    return answer;
  },
  async many({ message, why, choices }) {
    this.say(why);
    const { answer } = await inquirer.prompt<{ answer: string[] }>([
      {
        type: 'checkbox',
        name: 'answer',
        message,
        choices: [...choices],
        pageSize: choices.length,
      },
    ]);
    return answer;
  },
  async yes({ message, why, default: value }) {
    this.say(why);
    const { answer } = await inquirer.prompt<{ answer: boolean }>([
      { type: 'confirm', name: 'answer', message, default: value },
    ]);
    return answer;
  },
  async secret({ message, why, check }) {
    this.say(why);
    const { answer } = await inquirer.prompt<{ answer: string }>([
      {
        type: 'password',
        name: 'answer',
        message,
        mask: true,
        toggleMask: false,
        validate: (text: string) => {
          const flaw = text.trim() === '' ? undefined : check(text.trim());
          return flaw ? `${flaw.what}. ${flaw.fix}` : true;
        },
      },
    ]);
    return answer.trim();
  },
  async search({ message, why, from, find }) {
    this.say(why);
    const theme = {
      style: {
        message: (text: string, status: string) =>
          status === 'loading' ? `${bold(text)} ${dim(`(asking ${from})`)}` : bold(text),
        keysHelpTip: (keys: [string, string][]) =>
          dim(
            [...keys, ['esc', 'by hand']]
              .map(([key = '', does = '']) => `${key} ${does}`)
              .join(' • '),
          ),
      },
    };
    const source = async (words: string | undefined, { signal }: { signal: AbortSignal }) => {
      if (words !== undefined) await sleep(TYPING, undefined, { signal });
      return find(words?.trim() ?? '', signal);
    };
    const chosen = await untilEscape((signal) =>
      inquirer.createPromptModule({ signal })<{ answer: string }>([
        { type: 'search', name: 'answer', message, source, theme, pageSize: 12 },
      ]),
    );
    return chosen?.answer.answer;
  },
  wait(what, work) {
    return spinning(what, () => untilEscape(work));
  },
  say(text) {
    printTo(
      'stderr',
      `\n${linesOf(text, Math.min(columnsOf('stderr'), 100) - 1)
        .map(dim)
        .join('\n')}\n`,
    );
  },
};

function dim(text: string): string {
  return styled('stderr', 'dim', text);
}

function bold(text: string): string {
  return styled('stderr', 'bold', text);
}
