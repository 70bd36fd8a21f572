import { claimsOf, isAwsKey, readKey } from '../../iam/condition-keys.ts';
import { prepareCondition, type PreparedCondition } from '../../iam/evaluate/condition.ts';
import type { PreparedPolicy } from '../../iam/evaluate/evaluate.ts';
import type { Condition, Statement } from '../../iam/evaluate/policy.ts';
import { vocabularyOf } from './claims.ts';
import { ID } from './grammar.ts';
import type { Provider } from '../provider.ts';
import { presenceOf } from './request-keys.ts';
import type { SubjectPattern } from './subject-readings.ts';
import {
  type TestLanguage,
  numberTestsOf,
  type OpenTest,
  patternsOf,
  patternTest,
  waitsForRequest,
} from './test.ts';

/** What one condition asks of a token or of the request. */
export type Term = SubjectTerm | KeyTerm | UnreadTerm;

export interface SubjectTerm {
  readonly on: 'subject';
  readonly negated: boolean;
  readonly patterns: readonly SubjectPattern[];
}

export interface KeyTerm {
  readonly on: 'claim' | 'request';
  /** The claim's name, or AWS's key in lower case. */
  readonly name: string;
  readonly condition: Condition;
  readonly prepared: PreparedCondition;
  /** Of a key with any number of values, the tests that cut it into cells. */
  readonly tests: readonly OpenTest[];
}

/** It can hold or not, and this module cannot say for which tokens. */
interface UnreadTerm {
  readonly on: 'unread';
  readonly condition: Condition;
}

/** A statement that a provider's tokens reach: its principal and its action cover them. */
export interface ReachedStatement {
  readonly source: Statement;
  readonly terms: readonly Term[];
}

/** The statements of a policy that can apply to a provider's tokens, without those that no token can pass. */
export function reachedStatements(
  { statements }: PreparedPolicy,
  provider: Provider,
): ReachedStatement[] {
  return statements.flatMap(({ source, language: { variables }, names, coversWebIdentity }) => {
    if (!names(provider.arn) || !coversWebIdentity) return [];
    const language: TestLanguage = { variables, isLive: (key) => isLive(key, provider) };
    const terms = source.conditions.map((one) => readTerm(one, provider, language));
    if (terms.includes(false)) return [];
    return [{ source, terms: terms.filter((one) => typeof one === 'object') }];
  });
}

/** Whether a request with a token of this provider can have a key. */
function isLive(key: string, { issuer }: Provider): boolean {
  if (isAwsKey(key)) return presenceOf(key) !== 'never';
  return isOwn(readKey(key), issuer);
}

function isOwn(key: { readonly issuer: string; readonly claim: string }, issuer: string): boolean {
  return key.issuer.toLowerCase() === issuer.toLowerCase() && claimsOf(issuer).includes(key.claim);
}

/** A subject as any other, for operators that no subject can satisfy. */
const ANY_SUBJECT = 'project_path:group/project:ref_type:branch:ref:main';

/** Reads a condition; a plain truth value where it says the same of every token. */
function readTerm(
  condition: Condition,
  provider: Provider,
  language: TestLanguage,
): Term | boolean {
  const { key, claim, operator } = condition;
  if (condition.undecided !== undefined) return { on: 'unread', condition };
  const prepared = prepareCondition(condition, language);
  if (!isLive(key, provider)) return prepared({}).matched;
  if (waitsForRequest(condition, language)) return { on: 'unread', condition };
  const isString = operator.base.startsWith('String');
  if (isAwsKey(key)) {
    const tests = isString ? openTests(condition, language) : [];
    return { on: 'request', name: key.toLowerCase(), condition, prepared, tests };
  }
  if (claim === 'sub') {
    // No number, date, address, Boolean, ARN or base64 begins as a subject does.
    if (!isString) return prepared({ [key]: ANY_SUBJECT }).matched;
    const ignoreCase = operator.base.endsWith('IgnoreCase');
    const patterns = patternsOf(condition, language).map((pattern) => ({ pattern, ignoreCase }));
    return { on: 'subject', negated: operator.base.includes('Not'), patterns };
  }
  const tests = claimTests(condition, language);
  if (tests === undefined) return { on: 'unread', condition };
  return { on: 'claim', name: claim, condition, prepared, tests };
}

function claimTests(condition: Condition, language: TestLanguage): readonly OpenTest[] | undefined {
  const { base } = condition.operator;
  const vocabulary = vocabularyOf(condition.claim);
  if (base.startsWith('String')) return openTests(condition, language);
  if (base === 'Null' || 'listed' in vocabulary) return [];
  if (vocabulary.grammar !== ID) return undefined;
  if (base.startsWith('Numeric')) return numberTestsOf(condition);
  // An id is not a Boolean, address or ARN; it may be a date in seconds, and base64.
  return /^(Bool|Arn|IpAddress|NotIpAddress)/.test(base) ? [] : undefined;
}

function openTests(condition: Condition, language: TestLanguage): OpenTest[] {
  const ignoreCase = condition.operator.base.endsWith('IgnoreCase');
  return patternsOf(condition, language).map((pattern) => patternTest(pattern, ignoreCase));
}
