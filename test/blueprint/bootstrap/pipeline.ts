import type { Answers } from '../../../src/answers/schema.ts';
import { completeAnswers, readAnswersText } from '../../../src/answers/read.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import { inAccount } from '../../../src/blueprint/bootstrap/marks.ts';
import { committedFiles } from '../../support/builders/goldens.ts';

export const ACCOUNT = '123456789012';

/** The answers of the golden with a bootstrap. */
export function organizationAnswers(): Answers {
  return answersOfGolden('organization');
}

export function answersOfGolden(name: string): Answers {
  const text = committedFiles(name).get('gitlab-aws-oidc.yaml') ?? '';
  return completeAnswers(readAnswersText(text, name).draft);
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

/** The ARNs that matter to the pipeline of one account. */
export interface Names {
  readonly account: string;
  readonly applyRole: string;
  readonly planRole: string;
  /** The boundary that every managed role of the account must have. */
  readonly boundary: string;
  readonly provider: string;
  readonly managedRole: string;
  readonly otherRole: string;
  /** The bucket of the state, its key there, and the account that owns the bucket. */
  readonly bucket: string;
  readonly stateKey: string;
  readonly stateAccount: string;
}

/** What the goldens name in an account, unless it is given. */
export function namesIn(account: string, own: Partial<Names> = {}): Names {
  return {
    account,
    applyRole: `arn:aws:iam::${account}:role/gitlab-bootstrap/gitlab-apply`,
    planRole: `arn:aws:iam::${account}:role/gitlab-bootstrap/gitlab-plan`,
    boundary: `arn:aws:iam::${account}:policy/gitlab-bootstrap/gitlab-boundary`,
    provider: `arn:aws:iam::${account}:oidc-provider/gitlab.com`,
    managedRole: `arn:aws:iam::${account}:role/gitlab/shop-deploy`,
    otherRole: `arn:aws:iam::${account}:role/Admin`,
    bucket: 'arn:aws:s3:::mygroup-terraform-state',
    stateKey: 'gitlab-aws-oidc/terraform.tfstate',
    stateAccount: account,
    ...own,
  };
}

/** What the golden of one account names. */
export const NAMES = namesIn(ACCOUNT);
