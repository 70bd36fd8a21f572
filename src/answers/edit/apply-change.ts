import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq } from 'yaml';
import { ProblemError } from '../../text/problem.ts';
import { readAnswersText } from '../read.ts';
import { ANSWERS_FILE } from '../file-names.ts';
import { appendItem } from './append-item.ts';
import { pathText } from '../path.ts';
import type { Change } from './change.ts';
import { changeContent } from './change-content.ts';
import { nodeAt, parseSource } from './nodes.ts';
import { removeNode } from './remove-node.ts';
import { replaceScalar } from './replace-scalar.ts';
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
  if (changed === undefined || !says(changed, expected)) {
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
  const document = parseSource(text);
  if ('remove' in change) return removeNode(text, document, change.remove);
  const path = 'append' in change ? change.to : change.at;
  const node = nodeAt(document, path);
  if ('append' in change && isSeq(node)) return appendItem(text, node, change.append);
  if ('set' in change && isScalar(node)) return replaceScalar(text, node, change.set);
  const map = nodeAt(document, path.slice(0, -1));
  if (node !== undefined || !isMap(map)) return undefined;
  return setAnswer(
    text,
    map,
    String(path.at(-1)),
    'append' in change ? [change.append] : change.set,
  );
}

function says(text: string, expected: unknown): boolean {
  try {
    return isDeepStrictEqual(readAnswersText(text, ANSWERS_FILE).draft, expected);
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}
