import { nearest } from '../text/nearest.ts';
import { shown } from '../text/flaw.ts';
import { ProblemError } from '../text/problem.ts';
import { COMMAND_NAMES } from './index.ts';

/** Words that are commands of other programs, and the one of ours that comes closest. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  apply: 'update',
  check: 'lint',
  config: 'create',
  delete: 'remove',
  diff: 'update',
  generate: 'create',
  info: 'explain',
  init: 'create',
  install: 'create',
  list: 'explain',
  ls: 'explain',
  new: 'create',
  plan: 'update',
  rm: 'remove',
  show: 'explain',
  start: 'create',
  status: 'update',
  sync: 'update',
  test: 'lint',
  upgrade: 'update',
  validate: 'lint',
  verify: 'lint',
  why: 'doctor',
};

/**
 * The command that a first word was probably meant to be, where it is one of none. Only a plain lower-case word can be:
 * one with a dash, a dot, a slash, a digit or a capital is a folder.
 */
export function probableCommand(word: string): string | undefined {
  if (!/^[a-z]+$/.test(word)) return undefined;
  if (Object.hasOwn(ELSEWHERE, word)) return ELSEWHERE[word];
  return nearest(word, COMMAND_NAMES, word.length > 4 ? 2 : 1);
}

/** What is wrong with a word in a command's place. */
export function noCommand(word: string): ProblemError {
  const meant = probableCommand(word);
  return new ProblemError([
    {
      where: word,
      what: `${shown(word)} is not a command`,
      fix:
        meant === undefined
          ? `Use one of ${COMMAND_NAMES.join(', ')}`
          : `Use ${meant}. For a new repository in a folder of this name, use: create ${word}`,
    },
  ]);
}
