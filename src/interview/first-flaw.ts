import type { FlawCheck } from '../text/flaw.ts';
import { listOf } from './list.ts';

/** Checks each word of a line, and tells the first flaw. */
export function firstFlaw(check: FlawCheck): FlawCheck {
  return (text) => {
    for (const item of listOf(text)) {
      const flaw = check(item);
      if (flaw) return flaw;
    }
    return undefined;
  };
}
