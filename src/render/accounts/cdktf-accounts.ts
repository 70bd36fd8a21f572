import mainTs from '../../../templates/cdktf/accounts/main.ts.hbs';
import stackTs from '../../../templates/cdktf/accounts/lib/gitlab-oidc-stack.ts.hbs';
import ownRolesTs from '../../../templates/cdktf/accounts/lib/own-roles.ts.hbs';
import type { Blueprint, SharedRoles, Stack } from '../../blueprint/blueprint.ts';
import { appStateOf } from '../../blueprint/accounts/app-state.ts';
import type { Cdk } from '../../blueprint/cdk.ts';
import { appFiles } from '../cdktf.ts';
import { modulesOf, partsOf, roleStatements } from './cdktf-roles.ts';
import { Expression, type PrintableObject } from '../expression.ts';
import type { Files } from '../files.ts';
import { type RoleView, sharedRoleViews, stackView } from '../stack-view.ts';

/** The app for several accounts: one class for what they have in common, and a stack of it for each account. */
export function renderCdktfAccounts(blueprint: Blueprint, shared: SharedRoles, cdk: Cdk): Files {
  const { issuer, stacks } = blueprint;
  const bucket = commonBucket(stacks);
  const own = stacks.flatMap((stack) => {
    const { roles } = stackView(stack, issuer);
    return roles.length > 0 ? [{ name: stack.name ?? '', roles }] : [];
  });
  return new Map([
    [
      'main.ts',
      mainTs({
        library: cdk.name,
        targetsLockfile:
          stacks.some(({ state }) => state.backend === 's3') && cdk.hasLockfileProperty,
        own: own.map(({ name }) => ({
          constant: ownConstant(name),
          path: `./lib/accounts/${name}`,
        })),
        accounts: stacks.map((stack) => ({
          name: stack.name,
          account: accountOf(stack, shared, bucket),
        })),
      }),
    ],
    ['lib/gitlab-oidc-stack.ts', stackClass(blueprint, shared, cdk, own.length > 0)],
    ...own.map(({ name, roles }): [string, string] => [
      `lib/accounts/${name}.ts`,
      ownRolesOf(roles, cdk),
    ]),
    ...appFiles(cdk),
  ]);
}

type Bucket = { readonly bucket: string; readonly region: string };

/** The bucket that holds the states of all accounts, where it is one. */
function commonBucket(stacks: readonly Stack[]): Bucket | undefined {
  const buckets = stacks.flatMap(({ state }) =>
    state.backend === 's3' ? [{ bucket: state.bucket, region: state.region }] : [],
  );
  const [first] = buckets;
  const isCommon = buckets.every(
    ({ bucket, region }) => bucket === first?.bucket && region === first.region,
  );
  return isCommon && buckets.length === stacks.length ? first : undefined;
}

/** Names of accounts hold no `_`, so no two have one constant. */
function ownConstant(name: string): string {
  return `rolesOf_${name.replaceAll('-', '_')}`;
}

function ownRolesOf(roles: readonly RoleView[], cdk: Cdk): string {
  return ownRolesTs({
    modules: modulesOf(cdk),
    ...partsOf(roles),
    roles: roles.map((role) =>
      roleStatements(role, { indent: 2, scope: 'stack', arns: 'roleArns' }),
    ),
  });
}

function stackClass(
  { issuer, stacks }: Blueprint,
  shared: SharedRoles,
  cdk: Cdk,
  hasOwnRoles: boolean,
): string {
  const roles = sharedRoleViews(shared);
  const bucket = commonBucket(stacks);
  const modes = new Set(stacks.map(({ provider }) => provider.mode));
  const backends = new Set(stacks.map(({ state }) => state.backend));
  const hasThumbprints = stacks.some(({ provider }) => provider.thumbprints.length > 0);
  const { takes } = shared;
  return stackTs({
    library: cdk.name,
    modules: modulesOf(cdk),
    ...partsOf(roles),
    hasNewProvider: modes.has('create'),
    hasExistingProvider: modes.has('existing'),
    mixedProviders: modes.size > 1,
    hasThumbprints,
    existingProvider: { url: issuer.url },
    newProvider: {
      url: issuer.url,
      clientIdList: issuer.audiences,
      thumbprintList: hasThumbprints ? new Expression('', 'account.thumbprints') : undefined,
    },
    hasS3: backends.has('s3'),
    bucket: bucket && { bucket: bucket.bucket, region: bucket.region },
    hasHttp: backends.has('gitlab'),
    hasOtherState: backends.size > 1,
    overridesLockfile: !cdk.hasLockfileProperty,
    takesAccountId: takes.accountId,
    takesPartition: takes.partition,
    takesBoundary: takes.permissionsBoundary,
    takesTags: takes.tags,
    hasOptionalRoles: roles.some(({ isOptional }) => isOptional),
    hasOwnRoles,
    roles:
      roles.length > 0 &&
      roles.map((role) => ({
        name: role.name,
        optional: role.isOptional,
        text: roleStatements(role, {
          indent: role.isOptional ? 6 : 4,
          scope: 'this',
          arns: 'roleArns',
        }),
      })),
  });
}

/** What an account gives to its stack, in the order of the class's own interface. */
function accountOf(
  stack: Stack,
  { roles, takes }: SharedRoles,
  bucket: Bucket | undefined,
): PrintableObject {
  const { aws, defaults, provider, shared } = stack;
  const state = appStateOf(stack.state);
  const optional = roles.filter(({ isEverywhere, label }) => !isEverywhere && shared.has(label));
  const hasOwn = stack.roles.some(({ label }) => !shared.has(label));
  return {
    region: aws.region,
    accountId: aws.accountId,
    partition: takes.partition ? aws.partition : undefined,
    ...(bucket
      ? { stateKey: state.backend === 's3' ? state.key : undefined }
      : {
          s3:
            state.backend === 's3'
              ? { bucket: state.bucket, key: state.key, region: state.region }
              : undefined,
        }),
    stateAddress: state.backend === 'gitlab' ? state.address : undefined,
    hasProvider: provider.mode === 'existing' ? true : undefined,
    thumbprints: provider.thumbprints.length > 0 ? provider.thumbprints : undefined,
    permissionsBoundary: defaults.permissionsBoundary,
    tags: Object.keys(defaults.tags).length > 0 ? defaults.tags : undefined,
    roles: optional.length > 0 ? optional.map(({ name }) => name) : undefined,
    ownRoles: hasOwn ? new Expression('', ownConstant(stack.name ?? '')) : undefined,
  };
}
