import * as v from 'valibot';
import { normalizeUrl } from '../gitlab/instance-url.ts';
import { shown } from '../text/flaw.ts';
import { ProblemError } from '../text/problem.ts';
import { checkAnswers } from './check/answers.ts';
import { useOf } from './check/gitlab.ts';
import { passedOver } from './passed-over.ts';
import { ANSWERS_VERSION, AnswersSchema, type Answers } from './schema.ts';
import { explainIssue } from './shape-problem.ts';
import type { YamlContent } from './yaml/content.ts';

/** Answers as far as they are known; the interview and the flags fill the rest. */
export type Draft = { [key: string]: unknown };

/** What `gitlab-aws-oidc.yaml` says, before it is known whether that is enough. */
export interface AnswersFile {
  readonly draft: Draft;
  /** Turns `roles[0].name` into `gitlab-aws-oidc.yaml:12:5: roles[0].name`. */
  readonly locate: (where: string) => string;
}

/**
 * Takes what an answers file holds for answers.
 *
 * @throws {ProblemError} when it is not a mapping, or holds a number that is not kept as written
 */
export function answersIn(
  { content, changedNumber, positionOf }: YamlContent,
  file: string,
): AnswersFile {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new ProblemError([
      {
        where: file,
        what: 'the file holds no answers',
        fix: `Begin it with version: ${ANSWERS_VERSION}`,
      },
    ]);
  }
  if (changedNumber && !isRefusedAnyway(content, changedNumber.keyAt, positionOf)) {
    const { where, written } = changedNumber;
    throw new ProblemError([
      {
        where,
        what: `${shown(written)} would be read as the number ${Number(written)}`,
        fix: 'Write it in plain digits, or in quotes where text is meant',
      },
    ]);
  }
  const draft = content as Draft;
  return {
    // Version 2 only adds to version 1, so what a file of version 1 says is read as it is.
    draft: draft['version'] === 1 ? { ...draft, version: ANSWERS_VERSION } : draft,
    locate: (where) => {
      const keys = [...where.matchAll(/[^.[\]]+/g)].map(([key]) => key);
      return `${positionOf(keys) ?? file}: ${where}`;
    },
  };
}

/** Whether the schema expects text at a key, and so says more of the value than that a number changes. */
function isRefusedAnyway(
  content: object,
  keyAt: string | undefined,
  positionOf: YamlContent['positionOf'],
): boolean {
  const { issues = [] } = v.safeParse(AnswersSchema, content);
  return issues.some(
    ({ path, type }) =>
      type === 'string' &&
      path &&
      positionOf(path.map(({ key }) => key as string | number)) === keyAt,
  );
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
  const answers = result.success ? normalize(result.output) : undefined;
  const found = [
    ...passedOver(draft, result.success ? result.output : undefined),
    ...(result.success ? [] : result.issues.map((issue) => explainIssue(issue))),
  ];
  if (answers && found.length === 0) found.push(...checkAnswers(answers));
  if (!answers || found.length > 0) {
    throw new ProblemError(found.map((problem) => ({ ...problem, where: locate(problem.where) })));
  }
  return answers;
}

/** Addresses in the one form that AWS accepts; the check refuses what cannot be brought into it. */
function normalize(answers: Answers): Answers {
  const { url, issuer } = answers.gitlab;
  const normal = (key: 'url' | 'issuer', address: string) => {
    const result = normalizeUrl(address, useOf(key, answers.gitlab));
    return 'url' in result ? result.url : address;
  };
  return {
    ...answers,
    gitlab: {
      ...answers.gitlab,
      url: normal('url', url),
      ...(issuer === undefined ? {} : { issuer: normal('issuer', issuer) }),
    },
  };
}
