import type { Condition } from '../../iam/evaluate/policy.ts';
import { fillTemplate, readTemplate } from '../../iam/evaluate/template.ts';
import {
  compilePattern,
  MANY,
  matchesPattern,
  ONE,
  type Pattern,
} from '../../iam/evaluate/wildcard.ts';
import {
  numberRecognizer,
  type Order,
  patternRecognizer,
  recognizes,
  type Recognizer,
} from './recognizer.ts';
import { patternLabel, patternText } from './pattern-text.ts';

/** One value of a condition as a question about one text: does it match? */
export interface Test {
  /** The operator without `Not`, prefix and suffix, such as `StringLike`; of a part of a subject, how it is compared. */
  readonly operator: string;
  /** The value; in a pattern `*` and `?` are wildcards, and a text that holds them is written as in a policy. */
  readonly value: string;
}

/** A test that can be looked at from the inside, to find the texts that it tells apart. */
export interface OpenTest extends Test {
  readonly matches: (text: string) => boolean;
  readonly recognizer: () => Recognizer;
  /** The characters that it tells apart from others. */
  readonly characters: string;
  /** The text that it matches alone, or that all its matches begin with. */
  readonly exact?: string;
  readonly prefix?: string;
}

export function keyOfTest({ operator, value }: Test): string {
  return `${operator} ${value}`;
}

/** The test of a pattern, which must be in lower case where the case of letters is ignored. */
export function patternTest(pattern: Pattern, ignoreCase: boolean): OpenTest {
  const text = patternText(pattern);
  const wild = pattern.findIndex((one) => one === MANY || one === ONE);
  const operator = wild < 0 ? 'StringEquals' : 'StringLike';
  const onlyEnd = wild >= 0 && pattern.slice(wild).every((one) => one === MANY);
  return {
    operator: ignoreCase ? 'StringEqualsIgnoreCase' : operator,
    value: wild < 0 ? text : patternLabel(pattern),
    matches: (value) => matchesPattern(pattern, ignoreCase ? value.toLowerCase() : value),
    recognizer: () => patternRecognizer(pattern, ignoreCase),
    characters: ignoreCase ? text + text.toUpperCase() : text,
    ...(!ignoreCase && wild < 0 && { exact: text }),
    ...(!ignoreCase && onlyEnd && { prefix: text.slice(0, wild) }),
  };
}

/** What a policy's version lets a value hold, and which keys a request has. */
export interface TestLanguage {
  readonly variables: boolean;
  /** Whether a request may have this key, so that a variable of that name has a value. */
  readonly isLive: (key: string) => boolean;
}

/** Whether a value of a condition waits for what the request holds. */
export function waitsForRequest({ values }: Condition, language: TestLanguage): boolean {
  return values.some(({ text }) =>
    readTemplate(text, { wildcards: false, variables: language.variables }).some(
      (part) => 'variable' in part && language.isLive(part.variable.key),
    ),
  );
}

/**
 * The values of a string condition as patterns, none of which waits for the request. A value with a variable that no
 * request has matches nothing and is left out.
 */
export function patternsOf(
  { operator, values }: Condition,
  { variables }: TestLanguage,
): Pattern[] {
  const wildcards = operator.base.endsWith('Like');
  const ignoreCase = operator.base.endsWith('IgnoreCase');
  return values.flatMap(({ text }) => {
    const filled = fillTemplate(readTemplate(text, { wildcards, variables }), {});
    if (filled === undefined) return [];
    const cased = ignoreCase
      ? filled.map((part) => ('text' in part ? { text: part.text.toLowerCase() } : part))
      : filled;
    return [compilePattern(cased)];
  });
}

const ORDERS: Readonly<Record<string, readonly Order[]>> = {
  Equals: ['equal'],
  NotEquals: ['equal'],
  LessThan: ['less'],
  LessThanEquals: ['less', 'equal'],
  GreaterThan: ['greater'],
  GreaterThanEquals: ['greater', 'equal'],
};

/** The values of a numeric condition on an id; `undefined` where one is not a whole number. */
export function numberTestsOf({ operator, values }: Condition): OpenTest[] | undefined {
  const orders = ORDERS[operator.base.replace('Numeric', '')] ?? [];
  const base = operator.base.replace('Not', '');
  const tests: OpenTest[] = [];
  for (const { text } of values) {
    const than = Number(text);
    if (!/^[+-]?\d{1,15}(\.0+)?$/.test(text)) return undefined;
    if (base === 'NumericEquals') {
      // An id is written in one way alone.
      tests.push(patternTest(compilePattern([{ text: String(than) }]), false));
      continue;
    }
    const recognizer = numberRecognizer(than, orders);
    tests.push({
      operator: base,
      value: text,
      matches: (one) => recognizes(recognizer, one),
      recognizer: () => recognizer,
      characters: '0123456789',
    });
  }
  return tests;
}
