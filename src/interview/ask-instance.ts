import type { Draft } from '../answers/read.ts';
import type { Flaw } from '../text/flaw.ts';
import { normaliseUrl } from '../gitlab/instance-url.ts';
import { isAtLeast, SINCE, type Version } from '../gitlab/version.ts';
import { PARTITIONS, type Partition } from '../iam/arn.ts';
import {
  checkAccountId,
  checkAudience,
  checkRegion,
  checkThumbprint,
  partitionOf,
} from '../iam/role-fields.ts';
import { askAccounts, askDifferences } from './accounts/ask-accounts.ts';
import { aboutGitlabCom } from './about-gitlab-com.ts';
import type { Asker } from './asker.ts';
import { answerAt, withAnswer } from './draft.ts';
import { firstFlaw } from './first-flaw.ts';
import type { IssuerKnown, Known } from './guide/known.ts';
import { listOf } from './list.ts';
import { readAccountId, readThumbprint } from './reading/numbers.ts';

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
    message: 'GitLab URL',
    why: 'AWS will trust the ID tokens of this instance, e.g. https://gitlab.example.com.',
    default: 'https://gitlab.com',
    quick: true,
    check: (text) => flawOf(normaliseUrl(text)),
  });
  return url === '' ? draft : withAnswer(draft, 'gitlab.url', url);
}

/**
 * Asks about the tokens of the instance.
 *
 * @param known what has been found out about the instance
 */
export async function askTokens(
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
    answer('gitlab.issuer', await askIssuer(asker, known.issuer));
  }
  const idTokens = version === undefined || isAtLeast(version, SINCE.idTokens);
  if (everything && idTokens && open('gitlab.audience')) {
    answer(
      'gitlab.audience',
      await asker.text({
        flag: 'audience',
        message: 'Audience of the ID token',
        why: "The token's aud claim, e.g. sts.amazonaws.com. Press Enter to use the GitLab URL.",
        optional: true,
        check: checkAudience,
      }),
    );
  }
  if (everything && !aboutGitlabCom(answers) && open('gitlab.sub_components')) {
    const components = await askSubject(asker, version);
    if (components.length > 0) answer('gitlab.sub_components', components);
  }
  return answers;
}

/** Asks about the account, the region and the provider. */
export async function askAccount(
  draft: Draft,
  asker: Asker,
  everything: boolean,
  known?: Known,
): Promise<Draft> {
  let answers = draft;
  const open = (path: string) => answerAt(answers, path) === undefined;
  const answer = (path: string, value: unknown) => {
    if (value !== '') answers = withAnswer(answers, path, value);
  };
  const unnamed = everything && open('aws.account_id') && open('accounts');
  if (unnamed) answers = await askAccounts(answers, asker, known?.organization);
  const several = unnamed && !open('accounts');
  if (unnamed && !several) {
    const id = await asker.text({
      flag: 'account-id',
      message: 'AWS account ID',
      why: 'Prevents deploying to the wrong account, e.g. 123456789012. Press Enter to skip.',
      optional: true,
      quick: true,
      check: (text) => {
        const flaw = checkAccountId(readAccountId(text));
        return flaw && { what: flaw.what, fix: 'Type its 12 digits, e.g. 123456789012' };
      },
    });
    answer('aws.account_id', readAccountId(id));
  }
  if (open('aws.region')) {
    const given = answerAt(answers, 'aws.partition');
    const partition = PARTITIONS.find((name) => name === given);
    answer(
      'aws.region',
      await asker.text({
        flag: 'region',
        message: 'AWS region',
        why: 'Jobs work there, e.g. us-gov-west-1 for GovCloud or cn-north-1 for China.',
        default: REGIONS[partition ?? 'aws'],
        check: (region) => {
          const flaw = checkRegion(region, partition);
          return (
            flaw && { what: flaw.what, fix: `Type a region, e.g. ${REGIONS[partition ?? 'aws']}` }
          );
        },
      }),
    );
  }
  if (several) answers = await askDifferences(answers, asker);
  const implied = partitionOf(String(answerAt(answers, 'aws.region')));
  if (everything && implied !== 'aws' && open('aws.partition')) answer('aws.partition', implied);
  if (open('provider.mode')) {
    answer(
      'provider.mode',
      await asker.choice({
        flag: 'provider',
        message: 'OIDC provider',
        why: 'An account can hold one provider for each GitLab instance, e.g. for gitlab.com.',
        choices: [
          { value: 'create', name: 'new' },
          { value: 'existing', name: 'existing' },
        ],
        default: 'create',
      }),
    );
  }
  const create = answerAt(answers, 'provider.mode') === 'create';
  const asked = everything && create && !aboutGitlabCom(answers) && !known?.issuer?.publicCa;
  if (asked && open('provider.thumbprints')) {
    const thumbprints = listOf(await askThumbprints(asker, known?.issuer)).map(readThumbprint);
    if (thumbprints.length > 0) answer('provider.thumbprints', thumbprints);
  }
  return answers;
}

/** @returns the issuer that the discovery document names, where the person trusts it; otherwise an empty text */
async function askIssuer(asker: Asker, { issuer, distrust }: IssuerKnown): Promise<string> {
  if (issuer === undefined) return '';
  warnUnverified(asker, distrust);
  const yes = await asker.yes({
    flag: 'issuer',
    message: `Trust ${issuer} as the issuer of your tokens?`,
    why: 'If you say yes, every role trusts the tokens that it signs.',
    default: false,
    quick: true,
  });
  return yes ? issuer : '';
}

async function askThumbprints(asker: Asker, issuer: IssuerKnown | undefined): Promise<string> {
  const { thumbprints = [], signedBy = '', distrust } = issuer ?? {};
  const seen = thumbprints.join(', ');
  if (seen !== '' && distrust !== undefined) {
    asker.say(`Your GitLab seems to send a certificate from ${signedBy}.`);
    warnUnverified(asker, distrust);
    const yes = await asker.yes({
      flag: 'thumbprint',
      message: `Use the thumbprint ${seen}?`,
      why: 'AWS would accept anyone who holds that certificate as your GitLab.',
      default: false,
      quick: true,
    });
    if (yes) return seen;
  }
  const verified = seen !== '' && distrust === undefined;
  return asker.text({
    flag: 'thumbprint',
    message: 'Thumbprint of the private CA',
    why: verified
      ? `AWS uses it to trust your GitLab's certificate. The default comes from ${signedBy}.`
      : '40 hex digits of SHA-1, e.g. AB:CD:…. Press Enter to skip with a public CA.',
    ...(verified ? { default: seen, quick: true } : {}),
    optional: true,
    check: firstFlaw((text) => checkThumbprint(readThumbprint(text))),
  });
}

/** Warns of what was read from a connection that anyone on the way could have answered. */
function warnUnverified(asker: Asker, distrust: string | undefined): void {
  if (distrust === undefined) return;
  asker.say(
    `The connection is not verified (${distrust}), so anyone between you and GitLab could have sent this. To verify it, run again with --ca-file.`,
  );
}

/** Outside gitlab.com only the subject can hold a project's id or a ref's protection. */
async function askSubject(asker: Asker, version: Version | undefined): Promise<string[]> {
  const can = (since: Version) => version === undefined || isAtLeast(version, since);
  if (!can(SINCE.reclaimedPaths)) return [];
  const choice = await asker.choice({
    flag: 'sub-component',
    message: 'What identifies a project',
    why: 'A path can be reused after a rename, an ID cannot. IDs need GitLab 19.1.',
    choices: [
      { value: '', name: "its path, GitLab's default" },
      { value: 'project_id ref_type ref', name: 'its ID' },
      {
        value: 'project_id ref_type ref ref_protected',
        name: 'its ID, and whether the ref is protected',
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
