import type { Scalar } from 'yaml';
import { splice } from './lines.ts';
import { flowText } from './written.ts';

/** Writes another word or number in place of one; a comment after it is kept. */
export function replaceScalar(text: string, { range }: Scalar, value: unknown): string | undefined {
  return range ? splice(text, range[0], range[1], flowText(value)) : undefined;
}
