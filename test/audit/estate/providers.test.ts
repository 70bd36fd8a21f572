import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { managedDocument } from '../../../src/access/reach/managed.ts';
import { audit } from '../../../src/audit/audit.ts';
import { providersOfEstate } from '../../../src/audit/estate/providers.ts';
import { readEstate } from '../../../src/audit/estate/read-estate.ts';
import { reportOf } from '../../../src/audit/report-of.ts';
import { NO_SETTINGS } from '../../../src/lint/gate/settings.ts';
import { scratchFolders } from '../../support/tools/scratch-folder.ts';
import { TODAY } from './dump.ts';

const ACCOUNT = '111122223333';
const PROVIDER = { Url: 'gitlab.com', ClientIDList: ['https://gitlab.com'], ThumbprintList: [] };
const idIn = (partition: string) => `arn:${partition}:iam::${ACCOUNT}:oidc-provider/gitlab.com`;

const trust = (provider: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'gitlab.com:aud': 'https://gitlab.com',
          'gitlab.com:sub': 'project_id:20:ref_type:branch:ref:main',
        },
      },
    },
  ],
});

function details(partition: string, account = ACCOUNT): object {
  const role = {
    RoleName: 'deploy',
    Arn: `arn:${partition}:iam::${account}:role/deploy`,
    AssumeRolePolicyDocument: trust(idIn(partition)),
  };
  return { RoleDetailList: [role], Policies: [] };
}

const scratch = scratchFolders();

/** What a report says of the providers in some files, and what it could not determine. */
async function providersIn(files: Readonly<Record<string, object | string>>) {
  const folder = scratch();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(join(folder, name), text);
  }
  const estate = await readEstate([folder], []);
  const gate = { settings: NO_SETTINGS, baseline: undefined, today: TODAY };
  const result = audit(estate, gate, { today: TODAY, unusedDays: 90 });
  const { providers, undetermined } = reportOf(result, true);
  const own = (text: string) => text.replaceAll(`${folder}/`, '');
  return {
    ids: providers.map(({ id }) => own(id)),
    accounts: providers.map(({ account }) => own(account)),
    roles: providers.flatMap(({ roles }) => roles.map(own)),
    undetermined: undetermined
      .map(({ text }) => own(text))
      .filter((text) => text.includes('partition')),
  };
}

describe('the ARN of a provider whose details have none', () => {
  test.each(['aws', 'aws-us-gov', 'aws-cn', 'aws-eusc'])(
    'is of the partition of the roles beside it: %s',
    async (partition) => {
      const found = await providersIn({
        'a/details.json': details(partition),
        'a/provider.json': PROVIDER,
      });
      expect(found).toEqual({
        ids: [idIn(partition)],
        accounts: [ACCOUNT],
        roles: [`${ACCOUNT}/deploy`],
        undetermined: [],
      });
    },
  );

  test('is of the partition of another ARN of the account, in whichever folder', async () => {
    const { ids, undetermined } = await providersIn({
      [`${ACCOUNT}/provider.json`]: PROVIDER,
      'lists/providers.json': {
        OpenIDConnectProviderList: [{ Arn: idIn('aws-cn').replace('gitlab.com', 'a.example') }],
      },
      'roles/details.json': details('aws-cn'),
    });
    expect(ids).toEqual([idIn('aws-cn').replace('gitlab.com', 'a.example'), idIn('aws-cn')]);
    expect(undetermined).toEqual([]);
  });

  test('is not made up where nothing says the partition', async () => {
    const id = `${ACCOUNT}/oidc-provider/gitlab.com`;
    const found = await providersIn({
      [`${ACCOUNT}/provider.json`]: PROVIDER,
      'other/details.json': details('aws-us-gov', '999999999999'),
    });
    expect(found.ids).toEqual([id]);
    expect(found.undetermined).toEqual([
      `The partition of ${id} cannot be determined: the input has no ARN of its account`,
    ]);
  });

  test('is not made up where folders of two partitions are mixed', () => {
    const place = { file: 'all/provider.json', path: '' };
    const [found] = providersOfEstate(
      [{ url: 'https://gitlab.com', place }],
      () => ACCOUNT,
      () => undefined,
    );
    expect(found?.id).toBe(`${ACCOUNT}/oidc-provider/gitlab.com`);
  });
});

describe('a provider that a configuration makes', () => {
  const hcl = (region: string, accounts = '') => `
provider "aws" {
  ${region}
  ${accounts}
}
resource "aws_iam_openid_connect_provider" "gitlab" {
  url            = "https://gitlab.com"
  client_id_list = ["https://gitlab.com"]
}
resource "aws_iam_role" "deploy" {
  name               = "deploy"
  assume_role_policy = jsonencode(${JSON.stringify(trust('ARN')).replace('"ARN"', 'aws_iam_openid_connect_provider.gitlab.arn')})
}`;
  const ALLOWED = `allowed_account_ids = ["${ACCOUNT}"]`;
  const GOV = 'region = "us-gov-west-1"';

  test('has the ARN of its account and of its region', async () => {
    const { ids } = await providersIn({ 'main.tf': hcl(GOV, ALLOWED) });
    expect(ids).toEqual([idIn('aws-us-gov')]);
  });

  test.each([
    ['the account', hcl(GOV), 'infra'],
    ['the region', hcl('', ALLOWED), ACCOUNT],
    ['either', hcl(''), 'infra'],
  ])('has no ARN where %s is not known, and still its roles', async (_, text, owner) => {
    const { ids, accounts, roles } = await providersIn({ 'infra/main.tf': text });
    expect(ids).toEqual([`${owner}/oidc-provider/gitlab.com`]);
    expect(accounts).toEqual([owner]);
    expect(roles).toEqual([expect.stringMatching(/\/deploy$/)]);
  });

  test('has none in a template, which is for any account', async () => {
    const template = {
      Resources: {
        Gitlab: {
          Type: 'AWS::IAM::OIDCProvider',
          Properties: { Url: 'https://gitlab.com', ClientIdList: ['https://gitlab.com'] },
        },
      },
    };
    const { ids, accounts } = await providersIn({
      'template.json': template,
      'a/details.json': details('aws'),
    });
    expect(ids).toEqual(['template.json/oidc-provider/gitlab.com']);
    expect(accounts).toEqual(['template.json']);
  });

  test('has in a plan the partition of what the plan has read', async () => {
    const resource = (type: string, mode: string, values: object) => ({
      address: `${mode === 'data' ? 'data.' : ''}${type}.own`,
      mode,
      type,
      name: 'own',
      values,
    });
    const caller = resource('aws_caller_identity', 'data', {
      account_id: ACCOUNT,
      arn: `arn:aws-us-gov:sts::${ACCOUNT}:assumed-role/plan/me`,
    });
    const made = { url: 'https://gitlab.com', client_id_list: ['https://gitlab.com'] };
    const { values: _, ...provider } = resource('aws_iam_openid_connect_provider', 'managed', {});
    const { ids } = await providersIn({
      'plan.json': {
        format_version: '1.2',
        terraform_version: '1.9.0',
        planned_values: { root_module: {} },
        prior_state: { values: { root_module: { resources: [caller] } } },
        configuration: { provider_config: { aws: { name: 'aws', expressions: {} } } },
        resource_changes: [
          {
            ...provider,
            change: { actions: ['create'], after: made, after_unknown: { arn: true } },
          },
        ],
      },
      'a/details.json': details('aws-us-gov'),
    });
    expect(ids).toEqual([idIn('aws-us-gov')]);
  });
});

test.each(['aws-us-gov', 'aws-cn'])(
  'a managed policy of AWS is about resources of its own partition: %s',
  (partition) => {
    const arn = `arn:${partition}:iam::aws:policy/SecretsManagerReadWrite`;
    const text = JSON.stringify(managedDocument(arn));
    expect(text).toContain(`arn:${partition}:lambda:*:*:function:SecretsManager*`);
    expect(text).not.toContain('arn:aws:');
  },
);
