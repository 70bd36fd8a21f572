import * as v from 'valibot';
import { normaliseUrl } from '../gitlab/instance-url.ts';
import { ProblemError, type Problem } from '../problem.ts';
import { checkAnswers } from './check/answers.ts';
import { AnswersSchema, type Answers } from './schema.ts';
import { explainIssue } from './shape-problem.ts';
import { readYaml } from './yaml-text.ts';

/** Answers as far as they are known; the interview and the flags fill the rest. */
export type Draft = { [key: string]: unknown };

/** What `gitlab-aws-oidc.yaml` says, before it is known whether that is enough. */
export interface AnswersFile {
  readonly draft: Draft;
  /** Turns `roles[0].name` into `gitlab-aws-oidc.yaml:12:5: roles[0].name`. */
  readonly locate: (where: string) => string;
}

/**
 * Reads the text of an answers file.
 *
 * @throws {ProblemError} when it is not YAML, or not a mapping
 */
export function readAnswersText(text: string, file: string): AnswersFile {
  const { content, positionOf } = readYaml(text, file);
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new ProblemError([
      { where: file, what: 'the file holds no answers', fix: 'Begin it with version: 1' },
    ]);
  }
  return {
    draft: content as Draft,
    locate: (where) => {
      const keys = [...where.matchAll(/[^.[\]]+/g)].map(([key]) => key);
      return `${positionOf(keys) ?? file}: ${where}`;
    },
  };
}

/**
 * Turns a draft into answers: right in shape, normal in form, and without a flaw.
 *
 * @throws {ProblemError} with everything that is wrong
 */
export function completeAnswers(
  draft: Draft,
  locate: (where: string) => string = (where) => where,
): Answers {
  const result = v.safeParse(AnswersSchema, draft);
  const answers = result.success ? normalise(result.output) : undefined;
  const shape = result.success
    ? listsForMappings(draft, result.output, '')
    : result.issues.map((issue) => explainIssue(issue));
  const found = [
    ...lostKeys(draft),
    ...(answers && shape.length === 0 ? checkAnswers(answers) : shape),
  ];
  if (!answers || found.length > 0) {
    throw new ProblemError(found.map((problem) => ({ ...problem, where: locate(problem.where) })));
  }
  return answers;
}

/** Names that every JavaScript object has already, so that the schema passes them over without a word. */
const LOST_KEYS = ['__proto__', 'constructor', 'prototype'];

function lostKeys(node: unknown, where = ''): Problem[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    const here = Array.isArray(node) ? `${where}[${key}]` : where === '' ? key : `${where}.${key}`;
    const lost = { where: here, what: `${key} cannot be a name here`, fix: 'Use another' };
    return [...(LOST_KEYS.includes(key) ? [lost] : []), ...lostKeys(value, here)];
  });
}

/** Lists where mappings belong: Valibot takes a list for a mapping of 0, 1, 2, … */
function listsForMappings(given: unknown, read: unknown, where: string): Problem[] {
  if (typeof given !== 'object' || given === null) return [];
  if (Array.isArray(given) && !Array.isArray(read)) {
    return [{ where, what: 'a list does not fit here', fix: 'Give it as a mapping' }];
  }
  const within = new Map<string, unknown>(Object.entries(read ?? {}));
  return Object.entries(given).flatMap(([key, value]) =>
    listsForMappings(
      value,
      within.get(key),
      Array.isArray(given) ? `${where}[${key}]` : where === '' ? key : `${where}.${key}`,
    ),
  );
}

/** Addresses in the one form that AWS takes; what cannot be brought into it is left for the check to refuse. */
function normalise(answers: Answers): Answers {
  const normal = (address: string) => {
    const result = normaliseUrl(address);
    return 'url' in result ? result.url : address;
  };
  const { url, issuer } = answers.gitlab;
  return {
    ...answers,
    gitlab: {
      ...answers.gitlab,
      url: normal(url),
      ...(issuer === undefined ? {} : { issuer: normal(issuer) }),
    },
  };
}
