import type { Answers } from '../../../src/answers/schema.ts';
import { completeAnswers, readAnswersText } from '../../../src/answers/read.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { inAccount } from '../../../src/blueprint/bootstrap/marks.ts';
import { committedFiles } from '../../support/builders/goldens.ts';

export const ACCOUNT = '123456789012';

/** The answers of the golden with a bootstrap. */
export function organizationAnswers(): Answers {
  const text = committedFiles('organization').get('gitlab-aws-oidc.yaml') ?? '';
  return completeAnswers(readAnswersText(text, 'organization').draft);
}

/** The policies that answers come to, as one account gets them. */
export function pipelineOf(answers: Answers) {
  const { bootstrap, organization } = blueprintOf(answers);
  if (!bootstrap || !organization) throw new Error('the answers have no bootstrap or no guard');
  const values = { account: ACCOUNT, stateKey: bootstrap.parameters.stateKey ?? '' };
  const own = (document: Parameters<typeof inAccount>[0]) => inAccount(document, values);
  return {
    plan: { policy: own(bootstrap.plan.policy.document), trust: own(bootstrap.plan.trust) },
    apply: { policy: own(bootstrap.apply.policy.document), trust: own(bootstrap.apply.trust) },
    boundary: own(bootstrap.boundary.document),
    rcp: organization.rcp.document,
    scp: organization.scp.document,
  };
}

/** What the golden names. */
export const NAMES = {
  applyRole: `arn:aws:iam::${ACCOUNT}:role/gitlab-bootstrap/gitlab-apply`,
  planRole: `arn:aws:iam::${ACCOUNT}:role/gitlab-bootstrap/gitlab-plan`,
  boundary: `arn:aws:iam::${ACCOUNT}:policy/gitlab-bootstrap/gitlab-boundary`,
  provider: `arn:aws:iam::${ACCOUNT}:oidc-provider/gitlab.com`,
  managedRole: `arn:aws:iam::${ACCOUNT}:role/gitlab/shop-deploy`,
  otherRole: `arn:aws:iam::${ACCOUNT}:role/Admin`,
  bucket: 'arn:aws:s3:::mygroup-terraform-state',
} as const;
