import { issuerOfArn } from '../iam/condition-keys.ts';
import type { StatementCheck, ConditionCheck } from '../iam/evaluate/evaluate.ts';
import type { WebIdentityRequest } from '../iam/evaluate/request.ts';
import { readKey } from '../iam/condition-keys.ts';
import { readSubject, type Subject } from '../iam/subject.ts';

/** A check that failed, with the request that it failed for. */
interface Failure {
  readonly check: StatementCheck;
  readonly request: WebIdentityRequest;
}

/** Recognizes one mistake, and says it in a sentence; `undefined` where it is another. */
export interface Hint {
  readonly name: string;
  readonly tell: (failure: Failure) => string | undefined;
}

type Difference = (expected: string, actual: string, check: ConditionCheck) => string | undefined;

/** A hint about how the token's value differs from the one that was probably meant. */
export function valueHint(name: string, tell: Difference): Hint {
  return differenceHint(name, tell, 1);
}

/** A hint about a near miss, whichever of the policy's values it is. */
export function nearMissHint(name: string, tell: Difference): Hint {
  return differenceHint(name, tell, Infinity);
}

function differenceHint(name: string, tell: Difference, most: number): Hint {
  return {
    name,
    tell: ({ check }) => {
      const [actual] = check.actual;
      if (check.kind !== 'condition' || check.reason !== 'value-differs' || actual === undefined) {
        return undefined;
      }
      const nearest = byLikeness(check.expected, actual).slice(0, most);
      return firstOf(nearest, (one) => tell(one, actual, check));
    },
  };
}

/** A hint about a `sub` that differs, both sides taken apart. */
export function subjectHint(
  name: string,
  tell: (expected: Subject, actual: Subject) => string | undefined,
): Hint {
  return valueHint(name, (expected, actual, { key }) =>
    readKey(key).claim === 'sub' ? tell(readSubject(expected), readSubject(actual)) : undefined,
  );
}

/** A hint about a key that the request does not have. */
export function absentKeyHint(
  name: string,
  tell: (key: string, provider: string, check: ConditionCheck) => string | undefined,
): Hint {
  return {
    name,
    tell: ({ check, request }) =>
      check.kind === 'condition' && check.actual.length === 0
        ? tell(check.key, issuerOfArn(request.principal) ?? request.principal, check)
        : undefined,
  };
}

/** The first answer that is one. */
export function firstOf<Item>(
  items: readonly Item[],
  tell: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const told = tell(item);
    if (told !== undefined) return told;
  }
  return undefined;
}

/** The value that was probably meant comes first: the one that shares most with the actual one. */
function byLikeness(expected: readonly string[], actual: string): readonly string[] {
  return [...expected].sort((a, b) => shared(b, actual) - shared(a, actual));
}

function shared(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length]?.toLowerCase() === b[length]?.toLowerCase()) length++;
  return length;
}
