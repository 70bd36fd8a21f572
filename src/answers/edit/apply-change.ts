import { isDeepStrictEqual } from 'node:util';
import { ProblemError } from '../../text/problem.ts';
import { readAnswersText } from '../read.ts';
import { ANSWERS_FILE } from '../file-names.ts';
import { appendItem } from './append-item.ts';
import { pathText } from '../path.ts';
import type { Change } from './change.ts';
import { changeContent } from './change-content.ts';
import { parseSource } from '../yaml/source.ts';
import { nodeAt } from './nodes.ts';
import { removeNode } from './remove-node.ts';
import { splice } from './lines.ts';
import { yamlInBrackets } from '../yaml/yaml-of.ts';
import { setAnswer } from './set-answer.ts';

/**
 * Makes one change in the text of an answers file, and leaves every other line as it is.
 *
 * @throws {ProblemError} where the change would reach other answers, or the text is in a form that it cannot be made in
 */
export function applyChange(text: string, change: Change): string {
  const { draft: expected } = readAnswersText(text, ANSWERS_FILE);
  changeContent(expected, change);
  const changed = write(text, change);
  if (changed === undefined || !holds(changed, expected)) {
    const path = 'append' in change ? change.to : 'set' in change ? change.at : change.remove;
    throw new ProblemError([
      {
        where: pathText(path),
        what: 'it is written in a form in which nothing can be changed from the command line',
        fix: 'Make the change in the file, then run update',
      },
    ]);
  }
  return changed;
}

function write(text: string, change: Change): string | undefined {
  const source = parseSource(text);
  if ('remove' in change) return removeNode(text, source, change.remove);
  const path = 'append' in change ? change.to : change.at;
  const node = nodeAt(source, path);
  if ('append' in change && node?.kind === 'list') return appendItem(text, node, change.append);
  if ('set' in change && node?.kind === 'scalar')
    return splice(text, node.start, node.end, yamlInBrackets(change.set));
  const map = nodeAt(source, path.slice(0, -1));
  if (node !== undefined || map?.kind !== 'map') return undefined;
  return setAnswer(
    text,
    map,
    String(path.at(-1)),
    'append' in change ? [change.append] : change.set,
  );
}

function holds(text: string, expected: unknown): boolean {
  try {
    return isDeepStrictEqual(readAnswersText(text, ANSWERS_FILE).draft, expected);
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}
