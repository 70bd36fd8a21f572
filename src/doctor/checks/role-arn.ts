import { arnOfRole } from '../../blueprint/arn-of-role.ts';
import { shown } from '../../text/flaw.ts';
import type { Check } from '../check.ts';
import type { Facts } from '../facts/facts.ts';
import { protectRef, unprotectVariable } from '../fixes/gitlab-fixes.ts';
import type { Fix } from '../../iam/messages/fix.ts';
import { failed, ok, unknown } from '../outcome.ts';

export const roleArn: Check = {
  id: 'DOC002',
  name: 'role ARN',
  about:
    'the role ARN: present and well-formed. An empty one on an unprotected ref is a protected variable',
  needs: 'the job, or `--role-arn`',
  examine: (facts) => {
    const { role, job } = facts;
    if (role && !('flaw' in role)) return ok(`${role.text} is well-formed`);
    const given = job?.['AWS_ROLE_ARN'];
    if (!role && !job) {
      return unknown(
        'no role was given; add --role-arn, or --role (and --account, where it is in several) with a generated repository',
      );
    }
    const what =
      given === undefined || given === ''
        ? `AWS_ROLE_ARN is ${given === undefined ? 'not set' : 'empty'}`
        : `AWS_ROLE_ARN is ${shown(given)}, which is not a role ARN`;
    const cause = role && !job ? role.flaw.what : what;
    return failed(hidden(facts) ? `${cause}: ${PROTECTED}` : cause, ...fixesOf(facts));
  },
};

const PROTECTED =
  'this ref is not protected, and GitLab passes protected variables to protected refs only';

function hidden({ job }: Facts): boolean {
  return job?.['CI_COMMIT_REF_PROTECTED'] === 'false';
}

function fixesOf(facts: Facts): Fix[] {
  const { job, repository } = facts;
  const account = job?.['AWS_ACCOUNT_ID'] ?? repository?.stack.aws.accountId;
  const arn = repository && arnOfRole(repository.stack, repository.role, account ?? '123456789012');
  const set: Fix = {
    place: 'ci',
    text: 'Set the role in the job',
    change: `variables:\n  AWS_ROLE_ARN: ${arn ?? 'arn:aws:iam::123456789012:role/name'}`,
  };
  return hidden(facts) ? [protectRef(facts), unprotectVariable(facts), set] : [set];
}
