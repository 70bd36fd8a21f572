import { describe, expect, test } from '@jest/globals';
import type { Answers } from '../../src/answers/schema.ts';
import { blueprintOf } from '../../src/blueprint/build.ts';
import { renderReadme } from '../../src/render/readme.ts';
import { troublesOf } from '../../src/render/troubles.ts';
import { answers } from '../support/builders/answers.ts';

const DEV = { name: 'dev', id: '111111111111' };
const PROD = { name: 'prod', id: '222222222222' };
const EXISTING = { provider: { mode: 'existing' } } as const;

/** Answers about dev and prod. */
function several(change: Partial<Answers> = {}) {
  return blueprintOf(
    answers({ aws: { region: 'eu-west-1' }, accounts: [DEV, PROD], output: 'hcl', ...change }),
  );
}

const readme = (change?: Partial<Answers>) => renderReadme(several(change)).get('README.md') ?? '';
const s3 = (bucket: string) => ({ backend: 's3', bucket, key: 'x' }) as const;

describe('the generated README of several accounts', () => {
  test('lists the buckets of their states in one sentence', () => {
    const accounts = [
      { ...DEV, state: s3('dev-state') },
      { ...PROD, state: s3('prod-state') },
    ];
    expect(readme({ accounts })).toContain(
      'The Terraform states are in the S3 buckets `dev-state`, `prod-state`, which must exist',
    );
    const shared = { ...s3('states'), key: '{account}/x' };
    expect(readme({ state: shared })).toContain('are in the S3 bucket `states`, which must exist');
  });

  test('says how to use an existing provider, or what one that is used must have', () => {
    const all = readme();
    expect(all).toContain('If an account already has one, set `provider.mode: existing` for it');
    expect(all).not.toContain('marked as existing');
    expect(readme({ accounts: [DEV, { ...PROD, ...EXISTING }] })).toContain(
      'marked as existing, it must have the audience `https://gitlab.com`',
    );
  });

  test('deploys one account, and says that the others are deployed in the same way', () => {
    expect(readme()).toContain('```\n\nDeploy the other accounts in the same way.\n');
    expect(readme({ accounts: [DEV] })).not.toContain('other accounts');
  });

  test('says that the addresses of the app differ only where a module makes the roles', () => {
    expect(readme({ output: 'cdktf' })).toContain('under other addresses');
    expect(readme({ output: 'cdktf', accounts: [DEV] })).not.toContain('under other addresses');
  });

  test.each<Partial<Answers>>([
    {},
    { output: 'cdktf' },
    { state: { ...s3('b-{account}') } },
    {
      gitlab: { url: 'https://gitlab.com', repository: 'acme/oidc' },
      state: { backend: 'gitlab', name: 'x-{account}' },
    },
  ])('has one empty line between paragraphs: %j', (change) => {
    expect(readme(change)).not.toMatch(/\n\n\n/);
  });
});

describe('the messages in the README of several accounts', () => {
  const cause = (message: string, change?: Partial<Answers>) =>
    troublesOf(several(change)).find((trouble) => trouble.message.startsWith(message))?.cause;

  test('an existing provider is in the way of any that creates its own', () => {
    const dev = { ...DEV, ...EXISTING };
    const some = cause('EntityAlreadyExists', { accounts: [dev, PROD] });
    expect(some).toContain('Set provider.mode of the account to existing');
    const accounts = [dev, { ...PROD, ...EXISTING }];
    expect(cause('EntityAlreadyExists', { accounts })).toBeUndefined();
  });

  test('an ARN has a variable only where the ID of an account is not known', () => {
    expect(cause('AWS_ROLE_ARN is')).not.toContain('variable');
    const { name } = PROD;
    expect(cause('AWS_ROLE_ARN is', { accounts: [DEV, { name }] })).toContain(
      'a variable in the ARN is not set, or is protected',
    );
  });
});
