import { readFileSync } from 'node:fs';
import { VERSION } from '../../version.ts';
import { isCommandName } from '../index.ts';
import { inPackage } from './in-package.ts';

/** The overview's name among the texts, where the others have their command's. */
export const OVERVIEW = 'overview';

/** What the arguments ask to be shown, where nothing has to be run for it. */
export function preparedText(args: readonly string[]): string | undefined {
  if (asksVersion(args)) return `${VERSION}\n`;
  const asked = helpAskedFor(args);
  return asked === undefined ? undefined : preparedHelp(asked);
}

function asksVersion([first, ...rest]: readonly string[]): boolean {
  return ['--version', '-v'].includes(first ?? '') || (first === 'version' && rest.length === 0);
}

/**
 * What the arguments ask help on, where that follows from them alone: a command's name, or {@link OVERVIEW}. Whatever needs
 * more than a look, such as a mistyped command, is left to the commands.
 */
function helpAskedFor(args: readonly string[]): string | undefined {
  const [first = '', ...rest] = args;
  if (isHelp(first)) return OVERVIEW;
  if (isCommandName(first) && rest.some(isHelp)) return first;
  if (first === 'help') return onlyName(rest);
  return first.startsWith('-') && rest.some(isHelp) ? 'create' : undefined;
}

function isHelp(arg: string): boolean {
  return arg === '--help' || arg === '-h';
}

function onlyName([name, ...more]: readonly string[]): string | undefined {
  if (name === undefined) return OVERVIEW;
  return more.length === 0 && isCommandName(name) ? name : undefined;
}

/** How a prepared text says where a file of the package is, which is known when it is shown. */
export function placeholder(path: string): string {
  return `{{${path}}}`;
}

const MARK = '\f';

/** The texts in one file: each behind a mark, its name and a line's end. */
export function together(texts: ReadonlyMap<string, string>): string {
  return [...texts].map(([name, text]) => `${MARK}${name}\n${text}`).join('');
}

/** The text that the build made of the commands' records, or nothing where it is not there. */
function preparedHelp(name: string): string | undefined {
  let texts;
  try {
    texts = readFileSync(inPackage('dist/help.txt'), 'utf8');
  } catch {
    return undefined;
  }
  const start = `${MARK}${name}\n`;
  const [text] = texts.split(start)[1]?.split(MARK) ?? [];
  return text?.replace(/\{\{(.*?)\}\}/g, (_, path: string) => inPackage(path));
}
