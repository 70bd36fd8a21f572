import type { Draft } from '../answers/read.ts';
import type { Flaw } from '../text/flaw.ts';
import { normaliseUrl } from '../gitlab/instance-url.ts';
import { isAtLeast, SINCE, type Version } from '../gitlab/version.ts';
import { PARTITIONS, type Partition } from '../iam/arn.ts';
import { checkAccountId, checkAudience, checkRegion, checkThumbprint } from '../iam/role-fields.ts';
import { aboutGitlabCom } from './about-gitlab-com.ts';
import type { Asker } from './asker.ts';
import { answerAt, withAnswer } from './draft.ts';
import { firstFlaw } from './first-flaw.ts';
import type { IssuerKnown, Known } from './guide/known.ts';
import { listOf } from './list.ts';

/** A region to begin with. */
const REGIONS: Readonly<Record<Partition, string>> = {
  aws: 'eu-west-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** Asks which instance it is about. */
export async function askAddress(draft: Draft, asker: Asker): Promise<Draft> {
  if (answerAt(draft, 'gitlab.url') !== undefined) return draft;
  const url = await asker.text({
    flag: 'gitlab-url',
    message: 'Address of your GitLab',
    why: 'AWS will trust the ID tokens of this one instance.',
    default: 'https://gitlab.com',
    check: (text) => flawOf(normaliseUrl(text)),
  });
  return url === '' ? draft : withAnswer(draft, 'gitlab.url', url);
}

/**
 * Asks about the provider and the account.
 *
 * @param known what has been found out about the instance
 */
export async function askInstance(
  draft: Draft,
  asker: Asker,
  everything: boolean,
  known?: Known,
): Promise<Draft> {
  const version = known?.guide?.version;
  let answers = draft;
  const open = (path: string) => answerAt(answers, path) === undefined;
  const answer = (path: string, value: unknown) => {
    if (value !== '') answers = withAnswer(answers, path, value);
  };
  if (known?.issuer && open('gitlab.issuer')) {
    answer('gitlab.issuer', await askIssuer(asker, known.issuer, answers));
  }
  const idTokens = version === undefined || isAtLeast(version, SINCE.idTokens);
  if (everything && idTokens && open('gitlab.audience')) {
    answer(
      'gitlab.audience',
      await asker.text({
        flag: 'audience',
        message: 'Audience of the ID token, such as sts.amazonaws.com',
        why: 'Provider, trust policies and CI jobs name the same audience. Enter takes the address of your GitLab.',
        optional: true,
        check: checkAudience,
      }),
    );
  }
  if (everything && !aboutGitlabCom(answers) && open('gitlab.sub_components')) {
    const components = await askSubject(asker, version);
    if (components.length > 0) answer('gitlab.sub_components', components);
  }
  if (open('provider.mode')) {
    answer(
      'provider.mode',
      await asker.choice({
        flag: 'provider',
        message: 'OIDC provider in the AWS account',
        why: 'An account can hold one per GitLab instance.',
        choices: [
          { value: 'create', name: 'create it' },
          { value: 'existing', name: 'use the one that is there' },
        ],
        default: 'create',
      }),
    );
  }
  const create = answerAt(answers, 'provider.mode') === 'create';
  const asked = everything && create && !aboutGitlabCom(answers) && !known?.issuer?.publicCa;
  if (asked && open('provider.thumbprints')) {
    const thumbprints = listOf(await askThumbprints(asker, known?.issuer));
    if (thumbprints.length > 0) answer('provider.thumbprints', thumbprints);
  }
  if (open('aws.region')) {
    const given = answerAt(answers, 'aws.partition');
    const partition = PARTITIONS.find((name) => name === given) ?? 'aws';
    answer(
      'aws.region',
      await asker.text({
        flag: 'region',
        message: 'AWS region',
        why: 'The jobs work there; IAM itself is the same everywhere.',
        default: REGIONS[partition],
        check: (region) => checkRegion(region, partition),
      }),
    );
  }
  if (everything && open('aws.account_id')) {
    answer(
      'aws.account_id',
      await asker.text({
        flag: 'account-id',
        message: 'AWS account id',
        why: 'Guards against a deploy to another account. Enter leaves it to the CI/CD variable AWS_ACCOUNT_ID.',
        optional: true,
        check: checkAccountId,
      }),
    );
  }
  return answers;
}

/** @returns the issuer that the discovery document names, where the person trusts it; otherwise an empty text */
async function askIssuer(
  asker: Asker,
  { issuer, distrust }: IssuerKnown,
  answers: Draft,
): Promise<string> {
  if (issuer === undefined) return '';
  const host = String(answerAt(answers, 'gitlab.url')).replace(/^https:\/\//, '');
  const yes = await asker.yes({
    flag: 'issuer',
    message: `Trust ${issuer} as the issuer of your tokens?`,
    why: `The discovery document of ${host} names another host as issuer. If you say yes, every role trusts tokens that ${issuer} signs.${unverified(distrust)}`,
    default: false,
  });
  return yes ? issuer : '';
}

async function askThumbprints(asker: Asker, issuer: IssuerKnown | undefined): Promise<string> {
  const { thumbprints = [], signedBy = '', distrust } = issuer ?? {};
  const seen = thumbprints.join(', ');
  if (seen !== '' && distrust !== undefined) {
    const yes = await asker.yes({
      flag: 'thumbprint',
      message: `Use the thumbprint ${seen}?`,
      why: `It is of ${signedBy}, as your GitLab seems to send it. AWS would trust whoever holds that certificate as your GitLab.${unverified(distrust)}`,
      default: false,
    });
    if (yes) return seen;
  }
  const verified = seen !== '' && distrust === undefined;
  return asker.text({
    flag: 'thumbprint',
    message: 'Thumbprint of the private CA',
    why: verified
      ? `AWS trusts the certificate of your GitLab by it. This one is of ${signedBy}, as your GitLab sends it.`
      : 'Only where the certificate of your GitLab is of a private CA. Enter for none.',
    ...(verified ? { default: seen } : {}),
    optional: true,
    check: firstFlaw(checkThumbprint),
  });
}

/** The warning for what was read from a connection that anyone on the way could have answered. */
function unverified(distrust: string | undefined): string {
  return distrust === undefined
    ? ''
    : ` The connection is not verified (${distrust}), so anyone between you and GitLab could have sent this. To verify it, run again with --ca-file.`;
}

/** Outside gitlab.com only the subject can hold a project's id or a ref's protection. */
async function askSubject(asker: Asker, version: Version | undefined): Promise<string[]> {
  const can = (since: Version) => version === undefined || isAtLeast(version, since);
  if (!can(SINCE.reclaimedPaths)) return [];
  const choice = await asker.choice({
    flag: 'sub-component',
    message: 'What identifies a project',
    why: 'A path can be taken over after a rename; an id cannot, but is a setting of each project (GitLab 19.1).',
    choices: [
      { value: '', name: "its path, GitLab's default" },
      { value: 'project_id ref_type ref', name: 'its id' },
      {
        value: 'project_id ref_type ref ref_protected',
        name: 'its id, and whether the ref is protected',
      },
    ],
    // GitLab of that release gives no token on a path that another project had, unless the id leads.
    default: version === undefined ? '' : 'project_id ref_type ref',
  });
  return choice.split(' ').filter((component) => component !== '');
}

function flawOf(result: { url: string } | { flaw: Flaw }): Flaw | undefined {
  return 'flaw' in result ? result.flaw : undefined;
}
