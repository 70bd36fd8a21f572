import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessOf } from '../../src/access/access-of.ts';
import { type Estate, estateOf, mayBeGitlab } from '../../src/lint/estate.ts';
import { lint } from '../../src/lint/lint.ts';
import { GITLAB_COM, policyAround, read, token } from '../access/near-policies.ts';
import { runs } from '../support/tools/runs.ts';

const RUNS = runs(200);

const isGitlab = (issuer: string) => /^gitlab\./i.test(issuer);

/** Roles as most are: one exact subject, with more conditions or without. */
const ordinary = fc
  .record({
    path: fc.constantFrom('acme/web', 'acme/api', 'b/c/d', 'other/project'),
    type: fc.constantFrom('branch', 'tag'),
    ref: fc.constantFrom('main', 'v1.0', 'release/1', 'a.lock'),
    operator: fc.constantFrom('StringEquals', 'StringLike'),
    more: fc.constantFrom(
      {},
      { 'gitlab.com:project_id': '20' },
      { 'gitlab.com:ref_protected': 'true' },
      { 'gitlab.com:ref_protected': 'True' },
    ),
  })
  .map(({ path, type, ref, operator, more }) => ({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: GITLAB_COM },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        [operator]: {
          'gitlab.com:sub': `project_path:${path}:ref_type:${type}:ref:${ref}`,
          ...more,
        },
      },
    },
  }));

/** Each policy is analyzed by itself, whatever was found of others. */
const ALONE: Estate = {
  isGitlab,
  accessOf: (trust) => accessOf(trust, isGitlab),
  accessOfAny: (trust) => accessOf(trust, mayBeGitlab),
};

test(`a role has the same findings among others and alone, ${RUNS} times`, () => {
  const among = estateOf(isGitlab);
  fc.assert(
    fc.property(fc.oneof(ordinary, token.chain(policyAround)), (document) => {
      const policy = read(document);
      expect(lint(policy, { estate: among })).toEqual(lint(policy, { estate: ALONE }));
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);
