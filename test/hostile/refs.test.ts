import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkRef, isPattern, type RefType } from '../../src/gitlab/ref.ts';
import { isEmpty } from '../../src/access/questions.ts';
import type { Trust } from '../../src/access/trust.ts';
import { trustPolicy } from '../iam/trust-policy.ts';
import { allow, policy } from '../iam/vectors/vector.ts';
import { gitAccepts } from '../support/tools/git.ts';
import { refCandidate, refName } from '../support/builders/hostile.ts';
import { runs } from '../support/tools/runs.ts';

const TYPES: readonly RefType[] = ['branch', 'tag'];

/** A trust policy for one ref of one project, as it is generated. */
function trusting(type: RefType, name: string): Trust {
  const arn = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';
  const sub = `project_path:acme/web:ref_type:${type}:ref:${name.replaceAll('${', '${$}{')}`;
  const conditions = { 'gitlab.com:aud': 'https://gitlab.com', 'gitlab.com:sub': sub };
  return { policy: trustPolicy(policy(allow(arn, { StringEquals: conditions }))) };
}

/** Git allows these; GitLab does not, as they would be read as full names of something else. */
function gitlabRefuses(name: string): boolean {
  return name === 'HEAD' || /^refs\/(heads|tags|remotes)\//.test(name);
}

describe.each(TYPES)('the check of a %s and git itself', (type) => {
  test('agree on every Latin-1 name without a wildcard, but for what GitLab refuses', () => {
    const many = runs(1000);
    const names = fc.sample(fc.oneof(refCandidate(), refName(type)), { numRuns: many });
    const known = [
      '@',
      'a@',
      '@a',
      'HEAD',
      'refs/x',
      'refs/heads/x',
      '-a',
      'a/-b',
      '.a',
      'a/.b',
      'a.',
      'a./b',
    ];
    const checked = [...new Set([...known, ...names])].filter(
      (name) => !isPattern(name) && !gitlabRefuses(name),
    );
    const accepted = new Set(
      gitAccepts(type, checked).flatMap((yes, i) => (yes ? [checked[i] ?? ''] : [])),
    );
    const differ = checked.filter(
      (name) => (checkRef({ type, name }) === undefined) !== accepted.has(name),
    );
    expect(differ).toEqual([]);
    expect(accepted.size).toBeGreaterThan(many / 4);
    expect(accepted.size).toBeLessThan((checked.length * 9) / 10);
  });

  test('a name that passes it is one that a token may have, by the analysis of access', () => {
    const names = fc.oneof(fc.constant('@'), refName(type)).filter((name) => !isPattern(name));
    fc.assert(
      fc.property(names, (name) => {
        const accepted = checkRef({ type, name }) === undefined;
        expect(!accepted || isEmpty(trusting(type, name)).holds === 'no').toBe(true);
      }),
      { numRuns: runs(200) },
    );
  });

  test('a name outside Latin-1 is refused whether git allows it or not', () => {
    const outside = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((name) => /[^\u0000-\u00ff]/.test(name)); // eslint-disable-line no-control-regex -- Latin-1
    fc.assert(
      fc.property(outside, (name) => {
        expect(checkRef({ type, name })).toBeDefined();
      }),
      { numRuns: runs(300) },
    );
  });
});
