import { styleText } from 'node:util';
import { columnsOf, linesOf, printTo, styled } from '../terminal/output.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import inquirer from 'inquirer';
import type { Choice, Person } from './asker.ts';
import { untilEscape } from '../terminal/until-escape.ts';
import { spinning } from '../terminal/spinner.ts';
import { visible } from '../text/unprintable.ts';

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
        message: visible(message),
        ...(value === undefined ? {} : { default: value }),
        theme: {
          style: { defaultAnswer: (text: string) => styleText('dim', `(${visible(text)})`) },
        },
        transformer: visible,
        validate: (text: string) => {
          const given = text.trim();
          if (given === '' && optional) return true;
          const flaw = check?.(given);
          return flaw ? visible(`${flaw.what}. ${flaw.fix}`) : true;
        },
      },
    ]);
    return answer.trim();
  },
  async choice({ message, why, choices, default: value }) {
    this.say(why);
    const { answer } = await inquirer.prompt<{ answer: string }>([
      {
        type: 'select',
        name: 'answer',
        message: visible(message),
        choices: choices.map(shownChoice),
        default: value,
      },
    ]);
    return answer;
  },
  async many({ message, why, choices }) {
    this.say(why);
    const { answer } = await inquirer.prompt<{ answer: string[] }>([
      {
        type: 'checkbox',
        name: 'answer',
        message: visible(message),
        choices: choices.map(shownChoice),
        pageSize: choices.length,
      },
    ]);
    return answer;
  },
  async yes({ message, why, default: value }) {
    this.say(why);
    const { answer } = await inquirer.prompt<{ answer: boolean }>([
      { type: 'confirm', name: 'answer', message: visible(message), default: value },
    ]);
    return answer;
  },
  async secret({ message, why, check }) {
    this.say(why);
    const { answer } = await inquirer.prompt<{ answer: string }>([
      {
        type: 'password',
        name: 'answer',
        message: visible(message),
        mask: true,
        toggleMask: false,
        validate: (text: string) => {
          const flaw = text.trim() === '' ? undefined : check(text.trim());
          return flaw ? visible(`${flaw.what}. ${flaw.fix}`) : true;
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
          status === 'loading'
            ? `${styleText('bold', text)} ${styleText('dim', `(asking ${visible(from)})`)}`
            : styleText('bold', text),
        keysHelpTip: (keys: [string, string][]) =>
          styleText(
            'dim',
            [...keys, ['esc', 'by hand']]
              .map(([key = '', does = '']) => `${key} ${does}`)
              .join(' • '),
          ),
      },
    };
    const source = async (words: string | undefined, { signal }: { signal: AbortSignal }) => {
      if (words !== undefined) await sleep(TYPING, undefined, { signal });
      return (await find(words?.trim() ?? '', signal)).map(shownChoice);
    };
    const chosen = await untilEscape((signal) =>
      inquirer.createPromptModule({ signal })<{ answer: string }>([
        { type: 'search', name: 'answer', message: visible(message), source, theme, pageSize: 12 },
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

/** A choice whose words may come from GitLab; what is chosen keeps its value. Inquirer writes to the terminal itself. */
function shownChoice({ value, name, short }: Choice): Choice {
  return {
    value,
    name: visible(name),
    ...(short === undefined ? {} : { short: visible(short) }),
  };
}
