import type { Check } from '../text/flaw.ts';
import { checkManagedPolicy } from '../iam/arn.ts';
import {
  checkBucket,
  checkEcrRepository,
  checkSecretPrefix,
  checkStateKey,
} from '../permissions/fields.ts';
import type { Asker } from './asker.ts';
import type { FlagValues } from './flags.ts';
import { firstFlaw } from './first-flaw.ts';
import { listOf } from './list.ts';

interface Offer {
  readonly flag: keyof FlagValues;
  readonly name: string;
  readonly message: string;
  /** Checks one of the things named. */
  readonly check: Check;
}

const SECRETS = 'What the names of the secrets begin with';

/** What a role can be given in the interview; each is limited to what the person names. */
const OFFERS: readonly Offer[] = [
  {
    flag: 's3-read',
    name: 'read S3 buckets',
    message: 'Buckets to read',
    check: checkBucket,
  },
  {
    flag: 's3-write',
    name: 'read and write S3 buckets',
    message: 'Buckets to write',
    check: checkBucket,
  },
  {
    flag: 'secrets-read',
    name: 'read secrets of Secrets Manager',
    message: SECRETS,
    check: checkSecretPrefix,
  },
  {
    flag: 'secrets-write',
    name: 'read and write secrets of Secrets Manager',
    message: SECRETS,
    check: checkSecretPrefix,
  },
  {
    flag: 'ec2-write',
    name: 'start, stop and reboot EC2 instances',
    message: 'Tags that the instances carry, as KEY=VALUE',
    check: (text) =>
      /^[^=]+=/.test(text)
        ? undefined
        : { what: 'that is not a tag', fix: 'Give it as KEY=VALUE, such as Environment=test' },
  },
  {
    flag: 'ecr-push',
    name: 'push images to ECR',
    message: 'ECR repositories',
    check: checkEcrRepository,
  },
  {
    flag: 'terraform-state',
    name: 'use a Terraform state in S3',
    message: 'The state, as BUCKET/KEY',
    check: checkState,
  },
  {
    flag: 'managed-policy',
    name: 'a managed policy',
    message: 'Names of AWS managed policies, or ARNs',
    check: (text) => checkManagedPolicy('aws', text.replace(/^arn:aws(-cn|-us-gov):/, 'arn:aws:')),
  },
];

/** Asks what a role may do, and to which resources that is limited; answers in the form of the flags. */
export async function askPermissions(asker: Asker): Promise<FlagValues> {
  const chosen = await asker.many({
    flag: 's3-read',
    message: 'What the role may do',
    why: 'Each is limited to what you name next. Inline policies go into the answers file later.',
    choices: [
      { value: 'ec2-read', name: 'see EC2 instances' },
      ...OFFERS.map(({ flag, name }) => ({ value: flag, name })),
    ],
  });
  const answers: [string, unknown][] = chosen.includes('ec2-read') ? [['ec2-read', true]] : [];
  for (const { flag, message, check } of OFFERS.filter((offer) => chosen.includes(offer.flag))) {
    const text = await asker.text({
      flag,
      message,
      why: flag === 'terraform-state' ? 'Its lock file comes with it.' : 'Several apart by commas.',
      check: (line) =>
        listOf(line).length === 0
          ? { what: 'none was named', fix: 'Name at least one' }
          : firstFlaw(check)(line),
    });
    const items = [...new Set(listOf(text))];
    answers.push([flag, flag === 'terraform-state' ? items[0] : items]);
  }
  const flags: FlagValues = Object.fromEntries(answers);
  if (!flags['managed-policy']?.some((policy) => policy.endsWith('AdministratorAccess')))
    return flags;
  const meant = await asker.yes({
    flag: 'accept-administrator',
    message: 'AdministratorAccess?',
    why: 'Every job that assumes the role may then do anything in the account, and change its own trust policy.',
    default: false,
  });
  return meant ? { ...flags, 'accept-administrator': true } : askPermissions(asker);
}

function checkState(text: string) {
  const at = text.indexOf('/');
  if (at < 1) return { what: 'there is no key', fix: 'Give it as BUCKET/KEY' };
  return checkBucket(text.slice(0, at)) ?? checkStateKey(text.slice(at + 1));
}
