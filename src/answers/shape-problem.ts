import type { BaseIssue } from 'valibot';
import { type Flaw, shown } from '../text/flaw.ts';
import type { Problem } from '../text/problem.ts';
import { ENVIRONMENT, knownMistake } from './known-mistakes.ts';
import { pathText } from './path.ts';
import { keysOf } from './schema-keys.ts';
import { ANSWERS_VERSION, AnswersSchema } from './schema.ts';

/** Says in words what about the shape of the answers is wrong. */
export function explainIssue(issue: BaseIssue<unknown>): Problem {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const where = pathText(path) || 'answers';
  const key = where.split('.').at(-1) ?? where;
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return {
      where,
      ...(knownMistake(key) ??
        otherState(issue, key) ?? { what: 'there is no such answer', fix: suggestion(key) }),
    };
  }
  if (issue.received === 'undefined') {
    return { where, what: 'this answer is missing', fix: 'Add it' };
  }
  if (key === 'version') {
    return {
      where,
      what: `${shown(JSON.stringify(issue.input))} is not a version of this format that can be read`,
      fix: `Write version: ${ANSWERS_VERSION}; for a later one, use a newer create-gitlab-aws-oidc`,
    };
  }
  if (where.includes('sub_components[') && String(issue.input).startsWith('environment')) {
    return { where, ...ENVIRONMENT };
  }
  if (key === 'account_id' && typeof issue.input === 'number') {
    return {
      where,
      what: 'the account id is a number, and loses a leading zero',
      fix: 'Put it in quotes',
    };
  }
  if (key === 'accept_new_projects') {
    return {
      where,
      what: 'a whole group needs an explicit yes, since it stands for every project in it, now and later',
      fix: 'Write accept_new_projects: true, or name the projects',
      flagFix: 'Add --accept-new-projects, or name the projects with --project',
    };
  }
  return {
    where,
    what: `${shown(typeof issue.input === 'string' ? issue.input : JSON.stringify(issue.input))} does not fit here`,
    fix: LENGTHS[issue.type]?.(issue) ?? `Give it${expected(issue)}`,
  };
}

const LENGTHS: Readonly<Record<string, (issue: BaseIssue<unknown>) => string>> = {
  min_length: () => 'List at least one',
  max_length: ({ requirement }) => `List at most ${String(requirement)}`,
};

/** What is wrong with an answer about a state of another kind. */
function otherState({ path }: BaseIssue<unknown>, key: string): Flaw | undefined {
  const { backend } = (path?.at(-1)?.input ?? {}) as { backend?: unknown };
  const needed = key === 'name' ? 'gitlab' : 's3';
  if (path?.at(-2)?.key !== 'state' || !['bucket', 'key', 'region', 'name'].includes(key)) {
    return undefined;
  }
  return {
    what: `a state with the backend ${String(backend)} has no ${key}`,
    fix: `Remove it, or use backend: ${needed}`,
    flagFix: `Leave it out, or add --state ${needed}`,
  };
}

function expected(issue: BaseIssue<unknown>): string {
  const text = issue.expected ?? '';
  if (text === 'string') return ' as text, in quotes';
  if (text === 'Array') return ' as a list';
  if (text === 'boolean') return ' as true or false, without quotes';
  if (text === 'number') return ' as a number, without quotes';
  if (text === 'Object') return ' as a mapping';
  if (text === '') return ' in the form the schema asks for';
  return ` as ${text
    .replaceAll('"', '')
    .replace(/^\((.*)\)$/, '$1')
    .replace('Object', 'a mapping')
    .replaceAll(' | ', ' or ')
    .replace(/^>=(.*)$/, 'a number of at least $1')
    .replace(/^<=(.*)$/, 'a number of at most $1')}`;
}

/** The keys of answers, for a misspelt one. */
const KEYS = keysOf(AnswersSchema);

function suggestion(key: string): string {
  const near = KEYS.find((known) => known !== key && oneEditApart(known, key.toLowerCase()));
  return near === undefined ? `Remove ${shown(key)}` : `Did you mean ${near}?`;
}

/** Whether one letter more, less or other makes one word the other; `-` and `_` count as the same. */
function oneEditApart(one: string, other: string): boolean {
  const [a, b] = [one, other.replaceAll('-', '_')];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end))
    end++;
  return Math.max(a.length, b.length) - start - end <= 1;
}
