import type { Draft } from '../answers/read.ts';
import type { Flaw } from '../text/flaw.ts';
import { normalizeUrl } from '../gitlab/instance-url.ts';
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
import { answerAt, answered } from './draft.ts';
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
  return answered(draft, 'gitlab.url', () =>
    asker.text({
      flag: 'gitlab-url',
      message: 'GitLab URL',
      why: 'AWS will trust the ID tokens of this instance, e.g. https://gitlab.example.com.',
      default: 'https://gitlab.com',
      quick: true,
      check: (text) => flawOf(normalizeUrl(text)),
    }),
  );
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
  const { issuer } = known ?? {};
  const version = known?.guide?.version;
  const trusted = issuer
    ? await answered(draft, 'gitlab.issuer', () => askIssuer(asker, issuer))
    : draft;
  if (!everything) return trusted;
  const idTokens = version === undefined || isAtLeast(version, SINCE.idTokens);
  const addressed = idTokens
    ? await answered(trusted, 'gitlab.audience', () => askAudience(asker))
    : trusted;
  return aboutGitlabCom(addressed)
    ? addressed
    : answered(addressed, 'gitlab.sub_components', () => askSubject(asker, version));
}

/** Asks about the account, the region and the provider. */
export async function askAccount(
  draft: Draft,
  asker: Asker,
  everything: boolean,
  known?: Known,
): Promise<Draft> {
  const placed = await askWhichAccount(draft, asker, everything, known);
  const given = answerAt(placed, 'aws.partition');
  const partition = PARTITIONS.find((name) => name === given);
  let answers = await answered(placed, 'aws.region', () => askRegion(asker, partition));
  const areNew = answerAt(draft, 'accounts') === undefined;
  if (areNew && answerAt(answers, 'accounts') !== undefined)
    answers = await askDifferences(answers, asker);
  const implied = partitionOf(String(answerAt(answers, 'aws.region')));
  if (everything && implied !== 'aws')
    answers = await answered(answers, 'aws.partition', () => Promise.resolve(implied));
  answers = await answered(answers, 'provider.mode', () => askProvider(asker));
  const create = answerAt(answers, 'provider.mode') === 'create';
  return everything && create && !aboutGitlabCom(answers) && !known?.issuer?.publicCa
    ? answered(answers, 'provider.thumbprints', async () =>
        listOf(await askThumbprints(asker, known?.issuer)).map(readThumbprint),
      )
    : answers;
}

/** Asks which accounts there are, or the ID of the only one. */
async function askWhichAccount(
  draft: Draft,
  asker: Asker,
  everything: boolean,
  known: Known | undefined,
): Promise<Draft> {
  const isNamed = ['aws.account_id', 'accounts'].some(
    (path) => answerAt(draft, path) !== undefined,
  );
  if (!everything || isNamed) return draft;
  const answers = await askAccounts(draft, asker, known?.organization);
  return answerAt(answers, 'accounts') === undefined
    ? answered(answers, 'aws.account_id', () => askAccountId(asker))
    : answers;
}

async function askAccountId(asker: Asker): Promise<string> {
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
  return readAccountId(id);
}

function askRegion(asker: Asker, partition: Partition | undefined): Promise<string> {
  const example = REGIONS[partition ?? 'aws'];
  return asker.text({
    flag: 'region',
    message: 'AWS region',
    why: 'Jobs work there, e.g. us-gov-west-1 for GovCloud or cn-north-1 for China.',
    default: example,
    check: (region) => {
      const flaw = checkRegion(region, partition);
      return flaw && { what: flaw.what, fix: `Type a region, e.g. ${example}` };
    },
  });
}

function askProvider(asker: Asker): Promise<string> {
  return asker.choice({
    flag: 'provider',
    message: 'OIDC provider',
    why: 'An account can hold one provider for each GitLab instance, e.g. for gitlab.com.',
    choices: [
      { value: 'create', name: 'new' },
      { value: 'existing', name: 'existing' },
    ],
    default: 'create',
  });
}

function askAudience(asker: Asker): Promise<string> {
  return asker.text({
    flag: 'audience',
    message: 'Audience of the ID token',
    why: "The token's aud claim, e.g. sts.amazonaws.com. Press Enter to use the GitLab URL.",
    optional: true,
    check: checkAudience,
  });
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
