import { otherAccount } from '../access/trust.ts';
import { STAND_IN_ACCOUNT } from '../iam/arn.ts';
import { shapeOfPolicy } from '../iam/evaluate/policy-shape.ts';
import type { TrustPolicy } from '../iam/evaluate/policy.ts';
import { type LintContext, sharedContext } from '../lint/lint-context.ts';

const BRANCH = 'project_path:zq-group-00/zq-project-00:ref_type:branch:ref:zq-ref-0';
const TAG = 'project_path:zq-group-00/zq-project-00:ref_type:tag:ref:zq-ref-0';
const PROTECTED = ',"gitlab.com:ref_protected":"true"';

/**
 * The trust policies that most roles get: one project with its ID on gitlab.com, and one or two refs. Names are stand-ins, as
 * in the sample of a shape. Lint has nothing to say of these, which a test has it say of each, so that a first run need not
 * load and run the whole analysis, two fifths of its time, to come to the same.
 */
export const SOUND_POLICIES: readonly string[] = [
  policy(`"${BRANCH}0"`, PROTECTED),
  policy(`"${BRANCH}0"`, ''),
  policy(`"${TAG}0"`, PROTECTED),
  policy(`["${BRANCH}0","${BRANCH}1"]`, PROTECTED),
  policy(`["${BRANCH}0","${BRANCH}1"]`, ''),
  policy(`["${TAG}0","${TAG}1"]`, PROTECTED),
  policy(`["${BRANCH}0","${TAG}1"]`, PROTECTED),
];

function policy(subject: string, others: string): string {
  return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::${STAND_IN_ACCOUNT}:oidc-provider/gitlab.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"gitlab.com:aud":"https://gitlab.com","gitlab.com:sub":${subject},"gitlab.com:project_id":"907060504000"${others}}}}]}`;
}

/** What has to be known of the provider, as text. */
const SOUND_CONTEXT =
  '{"providerUrl":"https://gitlab.com","clientIds":["https://gitlab.com"],"thumbprints":[],"ciAudience":"https://gitlab.com"}';

/** Whether a trust policy is, but for names and its account, one of which lint has nothing to say. */
export function isSound(trust: TrustPolicy, context: LintContext): boolean {
  const shaped = shapeOfPolicy(trust);
  const { account, ...shared } = sharedContext(context);
  if (!shaped || JSON.stringify(shared) !== SOUND_CONTEXT) return false;
  const [arn = '', provider] = /"(arn:aws:iam::\d{12}:.*?)"/.exec(shaped.shape.key) ?? [];
  if (provider === undefined || otherAccount(provider, account) !== undefined) return false;
  const key = shaped.shape.key.replace(arn, arn.replace(/\d{12}/, STAND_IN_ACCOUNT));
  return SOUND_POLICIES.includes(key);
}
