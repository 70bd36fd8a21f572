import * as v from 'valibot';
import { checkList, itself, within } from '../text/collect.ts';
import { shown, type Flaw } from '../text/flaw.ts';
import { list } from '../text/schema-parts.ts';
import type { Pack, PackFlags } from './pack.ts';

const schema = v.strictObject({
  read: v.optional(list('Name prefixes of the secrets to read')),
  write: v.optional(list('Name prefixes of the secrets to read and write')),
  describe: v.optional(
    list('Name prefixes of the secrets whose settings can be viewed, without their values'),
  ),
});

type SecretOptions = v.InferOutput<typeof schema>;

const flags = {
  'secrets-read': {
    value: 'PREFIX',
    help: 'permit reading secrets whose name begins with this',
    many: true,
    prompt: {
      choice: 'read secrets in Secrets Manager',
      message: 'Name prefixes of the secrets',
      why: 'Comma-separated, each ending in a slash, e.g. myapp/. db also matches dbadmin.',
      check: checkPrefix,
    },
  },
  'secrets-write': {
    value: 'PREFIX',
    help: 'permit reading and writing such secrets',
    many: true,
    prompt: {
      choice: 'read and write secrets in Secrets Manager',
      message: 'Name prefixes of the secrets',
      why: 'Comma-separated, each ending in a slash, e.g. myapp/. db also matches dbadmin.',
      check: checkPrefix,
    },
  },
  'secrets-describe': {
    value: 'PREFIX',
    help: 'permit viewing the settings of such secrets, without their values',
    many: true,
    prompt: {
      choice: 'view secrets in Secrets Manager, without their values',
      short: 'view secrets in Secrets Manager',
      message: 'Name prefixes of the secrets',
      why: 'Comma-separated, each ending in a slash, e.g. myapp/. db also matches dbadmin.',
      check: checkPrefix,
    },
  },
} as const satisfies PackFlags;

/** What a plan of a secret reads. */
const DESCRIBE = ['secretsmanager:DescribeSecret', 'secretsmanager:GetResourcePolicy'];
const READ = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'];
const WRITE = [
  'secretsmanager:CreateSecret',
  ...READ,
  'secretsmanager:PutSecretValue',
  'secretsmanager:UpdateSecret',
];

const ACCESSES = ['read', 'write', 'describe'] as const;

/** Secrets by the beginning of their name. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
export const secretsManager = {
  meaning: 'Reads, or reads and writes, secrets whose names begin with the given prefixes.',
  schema,
  example: { read: ['myapp/'] },
  flags,
  answersOf: (given) => ({
    'secrets_manager.read': given['secrets-read'],
    'secrets_manager.write': given['secrets-write'],
    'secrets_manager.describe': given['secrets-describe'],
  }),
  check: ({ read, write, describe }, at) => {
    checkList(read, itself, checkPrefix, within(at, 'read'));
    checkList(write, itself, checkPrefix, within(at, 'write'));
    checkList(describe, itself, checkPrefix, within(at, 'describe'));
    if (!read && !write && !describe) {
      at('')({ what: 'it permits nothing', fix: 'Add read, write or describe, or remove it' });
    }
  },
  readOnly: ({ read = [], write = [], describe = [] }) => {
    const all = [...new Set([...read, ...write, ...describe])];
    return all.length > 0 ? { describe: all } : undefined;
  },
  readingData: ({ read = [], write = [], describe }) => {
    const all = [...new Set([...read, ...write])];
    if (all.length === 0) return describe && { describe };
    return { read: all, ...(describe ? { describe } : {}) };
  },
  data: ({ read = [], write = [] }) =>
    [...new Set([...read, ...write])].map((prefix) => `values of the secrets ${prefix}*`),
  notices: (options) =>
    ACCESSES.flatMap((access) =>
      (options[access] ?? []).flatMap((prefix) => {
        const text = alsoMatched(prefix);
        return text === undefined ? [] : [{ where: access, text }];
      }),
    ),
  policyName: () => 'secrets-manager',
  describe: ({ read = [], write = [], describe = [] }) => [
    ...(read.length > 0 ? [`read secrets ${read.map((prefix) => `${prefix}*`).join(', ')}`] : []),
    ...(write.length > 0
      ? [`read and write secrets ${write.map((prefix) => `${prefix}*`).join(', ')}`]
      : []),
    ...(describe.length > 0
      ? [`view secrets ${describe.map((prefix) => `${prefix}*`).join(', ')} without their values`]
      : []),
  ],
  statements: ({ read = [], write = [], describe = [] }, { partition, region, account }) => {
    const secrets = (Sid: string, prefixes: readonly string[], Action: readonly string[]) =>
      prefixes.length === 0
        ? []
        : [
            {
              Sid,
              Effect: 'Allow',
              Action,
              Resource: prefixes.map(
                (prefix) =>
                  `arn:${partition}:secretsmanager:${region}:${account}:secret:${prefix}*`,
              ),
            } as const,
          ];
    return [
      ...secrets('Read', read, READ),
      ...secrets('Write', write, WRITE),
      ...secrets('Describe', describe, DESCRIBE),
    ];
  },
} satisfies Pack<SecretOptions, typeof flags>;

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
function checkPrefix(prefix: string): Flaw | undefined {
  if (/^[A-Za-z0-9/_+=.@-]{1,512}$/.test(prefix)) return undefined;
  return {
    what: `${shown(prefix)} is not a prefix of a secret's name`,
    fix: 'Enter what the names begin with, such as myapp/, without a wildcard',
  };
}

/**
 * What a prefix matches that its reader may not expect. AWS adds a dash and six random characters to a name, so a prefix
 * that ends in a dash matches the secret named without it as well.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
 */
function alsoMatched(prefix: string): string | undefined {
  if (prefix.endsWith('-')) {
    const name = prefix.slice(0, -1);
    return `${prefix} also matches the secret named ${name}, whose ARN ends in a dash and six characters; ${name}/ does not`;
  }
  if (/[/_.+=@]$/.test(prefix)) return undefined;
  return `${prefix} also matches every longer name, such as ${prefix}x and ${prefix}-x; ${prefix}/ does not`;
}
