import { setTimeout as sleep } from 'node:timers/promises';
import type { Terminal } from './terminal.ts';

/** How a question is answered: by keys, or by text that is pasted before Enter. */
export type Keys = readonly string[] | { readonly paste: string };

type End = { readonly until: string } | { readonly before: string };

/**
 * Answers an interview. A question without an answer here is answered by Enter, so its default is taken.
 *
 * @param answers by the beginning of the question; each list is for the times that it is asked, in order
 * @param end what the screen holds when the interview is over, or the beginning of a question to stop at
 */
export async function walk(
  terminal: Terminal,
  answers: Readonly<Record<string, readonly Keys[]>>,
  end: End,
): Promise<void> {
  const left = new Map(Object.entries(answers).map(([question, keys]) => [question, [...keys]]));
  let question = await asked(terminal, end);
  while (question !== undefined) {
    const current = question;
    if ('before' in end && current.startsWith(`? ${end.before}`)) return;
    const [, keys] = [...left].find(([beginning]) => current.startsWith(`? ${beginning}`)) ?? [];
    const typed = await press(terminal, keys?.shift() ?? ['Enter']);
    const pressed = Date.now();
    await until(
      async () => {
        question = await shown(terminal);
        // What was typed is in the question's line until Enter arrives; an answer that is rejected remains there.
        return question !== current && (question !== typed || Date.now() > pressed + REJECTED);
      },
      `an answer to "${current}"`,
      terminal,
    );
    question ??= await asked(terminal, end);
  }
}

async function asked(terminal: Terminal, end: End): Promise<string | undefined> {
  let question: string | undefined;
  await until(
    async () => {
      question = await shown(terminal);
      return question !== undefined || ('until' in end && terminal.screen().includes(end.until));
    },
    'the next question',
    terminal,
  );
  return question;
}

/** An answer that is still there after so long is rejected. Milliseconds. */
const REJECTED = 2000;

/** For so long a screen must be the same before it is believed: a prompt erases its lines and draws them again. Milliseconds. */
const SETTLED = { question: 40, none: 200 };

/** The question that the screen has shown for a while, or that it has shown none. */
async function shown(terminal: Terminal): Promise<string | undefined> {
  let question = terminal.question();
  let since = Date.now();
  while (Date.now() < since + (question === undefined ? SETTLED.none : SETTLED.question)) {
    await sleep(20);
    const now = terminal.question();
    if (now === question) continue;
    question = now;
    since = Date.now();
  }
  return question;
}

/**
 * Presses each key once what the one before it does is shown: a prompt may not see keys that come together.
 *
 * @returns the question's line before the last key
 */
async function press(terminal: Terminal, keys: Keys): Promise<string | undefined> {
  const steps =
    'paste' in keys
      ? [
          () => {
            terminal.paste(keys.paste);
          },
          () => {
            terminal.press('Enter');
          },
        ]
      : keys.map((key) => () => {
          terminal.press(key);
        });
  let line: string | undefined;
  for (const [index, step] of steps.entries()) {
    const before = terminal.screen();
    line = terminal.question();
    step();
    if (index < steps.length - 1)
      await until(() => terminal.screen() !== before, `an effect of key ${index}`, terminal);
  }
  return line;
}

async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  terminal: Terminal,
): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await isSo())) {
    if (Date.now() > end)
      throw new Error(`${what} did not come; the screen is\n${terminal.screen()}`);
    await sleep(30);
  }
}
