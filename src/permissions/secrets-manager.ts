import * as v from 'valibot';
import { checkList, itself, within } from '../text/collect.ts';
import { shown, type Flaw } from '../text/flaw.ts';
import { list } from '../text/schema-parts.ts';
import type { Pack, PackFlags } from './pack.ts';

const schema = v.strictObject({
  read: v.optional(list('What the names of the secrets to read begin with')),
  write: v.optional(list('What the names of the secrets to read and write begin with')),
});

const flags = {
  'secrets-read': {
    value: 'PREFIX',
    help: 'permit reading secrets whose name begins so',
    many: true,
    prompt: {
      choice: 'read secrets of Secrets Manager',
      message: 'What the names of the secrets begin with',
      check: checkPrefix,
    },
  },
  'secrets-write': {
    value: 'PREFIX',
    help: 'permit reading and writing such secrets',
    many: true,
    prompt: {
      choice: 'read and write secrets of Secrets Manager',
      message: 'What the names of the secrets begin with',
      check: checkPrefix,
    },
  },
} as const satisfies PackFlags;

const READ = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'];
const WRITE = [
  'secretsmanager:CreateSecret',
  ...READ,
  'secretsmanager:PutSecretValue',
  'secretsmanager:UpdateSecret',
];

/** Secrets by the beginning of their name. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
export const secretsManager = {
  meaning: 'Reads, or reads and writes, the secrets whose names begin as given.',
  schema,
  example: { read: ['myapp/'] },
  flags,
  answersOf: (given) => ({
    'secrets_manager.read': given['secrets-read'],
    'secrets_manager.write': given['secrets-write'],
  }),
  check: ({ read, write }, at) => {
    checkList(read, itself, checkPrefix, within(at, 'read'));
    checkList(write, itself, checkPrefix, within(at, 'write'));
    if (!read && !write) {
      at('')({ what: 'it permits nothing', fix: 'Give read, write or both, or leave it out' });
    }
  },
  readOnly: ({ read = [], write = [] }) => ({ read: [...new Set([...read, ...write])] }),
  policyName: () => 'secrets-manager',
  describe: ({ read = [], write = [] }) => [
    ...(read.length > 0 ? [`read secrets ${read.map((prefix) => `${prefix}*`).join(', ')}`] : []),
    ...(write.length > 0
      ? [`read and write secrets ${write.map((prefix) => `${prefix}*`).join(', ')}`]
      : []),
  ],
  statements: ({ read = [], write = [] }, { partition, region, account }) => {
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
    return [...secrets('Read', read, READ), ...secrets('Write', write, WRITE)];
  },
} satisfies Pack<v.InferOutput<typeof schema>, typeof flags>;

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
function checkPrefix(prefix: string): Flaw | undefined {
  if (/^[A-Za-z0-9/_+=.@-]{1,512}$/.test(prefix)) return undefined;
  return {
    what: `${shown(prefix)} is not the beginning of a secret's name`,
    fix: 'Give what the names begin with, such as myapp/, without a wildcard',
  };
}
