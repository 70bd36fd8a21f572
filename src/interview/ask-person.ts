import inquirer from 'inquirer';
import type { Asker } from './asker.ts';

/** Asks a person at a terminal. Rejects with inquirer's ExitPromptError on Ctrl-C. */
export const askPerson: Asker = {
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
  say(text) {
    process.stderr.write(`\n${wrapped(text).map(dim).join('\n')}\n`);
  },
};

/** Lines of at most the terminal's width, broken between words. */
function wrapped(text: string): string[] {
  const width = Math.min(process.stderr.columns || 80, 100) - 1;
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    return last === undefined || last.length + 1 + word.length > width
      ? [...lines, word]
      : [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}

function dim(text: string): string {
  const colour = process.stderr.isTTY && !process.env['NO_COLOR'];
  return colour ? `\u001b[2m${text}\u001b[22m` : text;
}
