import type { Draft } from '../answers/read.ts';
import type { Check } from '../flaw.ts';
import { checkManagedPolicy } from '../iam/arn.ts';
import { checkBucket, checkEcrRepository, checkSecretPrefix } from '../iam/packs/fields.ts';
import type { Asker } from './asker.ts';
import { withAnswer } from './draft.ts';

interface Offer {
  readonly flag: string;
  readonly name: string;
  readonly path: string;
  readonly message: string;
  readonly check: Check;
}

/** What a role can be given in the interview; the answers file has more. */
const OFFERS: readonly Offer[] = [
  {
    flag: 's3-read',
    name: 'read S3 buckets',
    path: 's3.read',
    message: 'Buckets to read',
    check: checkBucket,
  },
  {
    flag: 's3-write',
    name: 'read and write S3 buckets',
    path: 's3.write',
    message: 'Buckets to write',
    check: checkBucket,
  },
  {
    flag: 'secrets-read',
    name: 'read secrets of Secrets Manager',
    path: 'secrets_manager.read',
    message: 'What the names of the secrets begin with',
    check: checkSecretPrefix,
  },
  {
    flag: 'secrets-write',
    name: 'read and write secrets of Secrets Manager',
    path: 'secrets_manager.write',
    message: 'What the names of the secrets begin with',
    check: checkSecretPrefix,
  },
  {
    flag: 'ecr-push',
    name: 'push images to ECR',
    path: 'ecr_push.repositories',
    message: 'ECR repositories',
    check: checkEcrRepository,
  },
  {
    flag: 'managed-policy',
    name: 'a managed policy',
    path: 'managed_policies',
    message: 'Names of AWS managed policies, or ARNs',
    check: (text) => checkManagedPolicy('aws', text.replace(/^arn:aws(-cn|-us-gov):/, 'arn:aws:')),
  },
];

/** Asks what a role may do, and to which resources that is limited. */
export async function askPermissions(asker: Asker): Promise<Draft> {
  const chosen = await asker.many({
    flag: 's3-read',
    message: 'What the role may do',
    why: 'Each is limited to what you name next. More is in gitlab-aws-oidc.yaml: EC2 by tag, Terraform state, inline policies.',
    choices: [
      ...OFFERS.map(({ flag, name }) => ({ value: flag, name })),
      { value: 'ec2-read', name: 'see EC2 instances' },
    ],
  });
  let permissions: Draft = chosen.includes('ec2-read') ? { ec2: { access: 'read' } } : {};
  for (const { flag, path, message, check } of OFFERS.filter((offer) =>
    chosen.includes(offer.flag),
  )) {
    const text = await asker.text({
      flag,
      message,
      why: 'Apart by commas.',
      check: (line) => {
        const items = itemsOf(line);
        if (items.length === 0) return { what: 'none was named', fix: 'Name at least one' };
        return items.map((item) => check(item)).find((flaw) => flaw !== undefined);
      },
    });
    permissions = withAnswer(permissions, path, [...new Set(itemsOf(text))]);
  }
  const admin = answersAdministrator(permissions['managed_policies']);
  if (!admin) return permissions;
  const meant = await asker.yes({
    flag: 'accept-administrator',
    message: 'AdministratorAccess?',
    why: 'Every job that assumes the role may then do anything in the account, and change its own trust policy.',
    default: false,
  });
  return meant ? { ...permissions, accept_administrator: true } : askPermissions(asker);
}

function answersAdministrator(policies: unknown): boolean {
  return (
    Array.isArray(policies) &&
    policies.some((policy) => String(policy).endsWith('AdministratorAccess'))
  );
}

function itemsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((item) => item !== '');
}
