import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import inquirer from 'inquirer';
import { columnsOf, linesOf, printTo, styled } from '../../terminal/output.ts';
import { withPastedLines } from '../../terminal/pasted-lines.ts';
import { spinning } from '../../terminal/spinner.ts';
import { untilEscape } from '../../terminal/until-escape.ts';
import type { Flaw } from '../../text/flaw.ts';
import { visible } from '../../text/unprintable.ts';
import { StepBack, type Choice, type Person } from '../asker.ts';
import { BY_HAND, pickPrompt } from './pick-prompt.ts';

/** Milliseconds without a key before what was typed is searched for. */
const TYPING = 150;

/** Typed as an answer, it goes back as Esc does. */
const BACK = '<';

interface PromptContext {
  readonly signal?: AbortSignal;
}

type Input = Parameters<Parameters<typeof withPastedLines>[0]>[0];

type Put<T> = (
  prompts: ReturnType<typeof inquirer.createPromptModule<never>>,
) => Promise<{ readonly answer: T }>;

/** Asks a person at a terminal. Rejects with inquirer's ExitPromptError on Ctrl-C. */
export const askPerson: Person = personAt((ask) => ask({}));

/** As {@link askPerson}; Esc and the answer `<` reject with {@link StepBack}. */
export const askPersonWithBack: Person = personAt(async (ask) => {
  const answered = await untilEscape((signal) => ask({ signal }));
  if (answered === undefined || answered.answer === BACK) throw new StepBack();
  return answered.answer;
});

function personAt(asking: <T>(ask: (context: PromptContext) => Promise<T>) => Promise<T>): Person {
  const prompt = <T>(put: Put<T>, input?: Input): Promise<T> =>
    asking(async (context) => {
      const prompts = inquirer.createPromptModule({ ...context, ...(input ? { input } : {}) });
      return (await put(prompts)).answer;
    });
  return {
    async text({ message, why, default: value, check, optional }) {
      say(why);
      const answer = await withPastedLines((input) =>
        prompt<string>(
          (prompts) =>
            prompts([
              {
                type: 'input',
                name: 'answer',
                message: visible(message),
                ...(value === undefined ? {} : { default: value }),
                theme: {
                  style: {
                    defaultAnswer: (text: string) => styleText('dim', `(${visible(text)})`),
                  },
                },
                transformer: visible,
                validate: (text: string) => {
                  const given = text.trim();
                  if (given === BACK || (given === '' && optional)) return true;
                  return verdict(check?.(given));
                },
              },
            ]),
          input,
        ),
      );
      return answer.trim();
    },
    choice({ message, why, choices, default: value }) {
      say(why);
      return prompt<string>((prompts) =>
        prompts([
          {
            type: 'select',
            name: 'answer',
            message: visible(message),
            choices: choices.map(shownChoice),
            pageSize: 12,
            default: value,
          },
        ]),
      );
    },
    many({ message, why, choices }) {
      say(why);
      return prompt<readonly string[]>((prompts) =>
        prompts([
          {
            type: 'checkbox',
            name: 'answer',
            message: visible(message),
            choices: choices.map(shownChoice),
            pageSize: choices.length,
          },
        ]),
      );
    },
    yes({ message, why, default: value }) {
      say(why);
      return prompt<boolean>((prompts) =>
        prompts([
          {
            type: 'confirm',
            name: 'answer',
            message: visible(message),
            default: value,
          },
        ]),
      );
    },
    async secret({ message, why, check }) {
      say(why);
      const answer = await prompt<string>((prompts) =>
        prompts([
          {
            type: 'password',
            name: 'answer',
            message: visible(message),
            mask: true,
            toggleMask: false,
            validate: (text: string) =>
              ['', BACK].includes(text.trim()) ? true : verdict(check(text.trim())),
          },
        ]),
      );
      return answer.trim();
    },
    async pick({ message, why, from, optional, find }) {
      say(why);
      const search = async (words: string, signal: AbortSignal) => {
        if (words !== '') await sleep(TYPING, undefined, { signal });
        return (await find(words.trim(), signal)).map(shownChoice);
      };
      const config = { message: visible(message), from: visible(from), optional, find: search };
      const picked = await asking((context) => pickPrompt(config, context));
      return picked.includes(BY_HAND) ? undefined : picked;
    },
    wait(what, work) {
      return spinning(what, () => untilEscape(work));
    },
    say,
  };
}

function verdict(flaw: Flaw | undefined): true | string {
  return flaw ? visible(`${flaw.what}. ${flaw.fix}`) : true;
}

function say(text: string): void {
  const lines = linesOf(text, Math.min(columnsOf('stderr'), 100) - 1);
  printTo('stderr', `\n${lines.map((line) => styled('stderr', 'dim', line)).join('\n')}\n`);
}

/** A choice whose words may come from GitLab; what is chosen keeps its value. Inquirer writes to the terminal itself. */
function shownChoice({ value, name, short }: Choice): Choice {
  return {
    value,
    name: visible(name),
    ...(short === undefined ? {} : { short: visible(short) }),
  };
}
