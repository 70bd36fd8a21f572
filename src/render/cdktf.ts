import cdktfJson from '../../templates/cdktf/cdktf.json.hbs';
import stackTs from '../../templates/cdktf/lib/gitlab-oidc-stack.ts.hbs';
import trustPolicyTs from '../../templates/cdktf/lib/trust-policy.ts.hbs';
import mainTs from '../../templates/cdktf/main.ts.hbs';
import packageJson from '../../templates/cdktf/package.json.hbs';
import tsconfigJson from '../../templates/cdktf/tsconfig.json.hbs';
import type { State } from '../blueprint/blueprint.ts';
import type { Cdk } from '../blueprint/cdk.ts';
import { conditionBlock, type TrustStatement } from '../iam/trust-policy.ts';
import { typescript } from './escape/typescript.ts';
import { Expression, type Printable } from './expression.ts';
import type { Files } from './files.ts';
import type { StackView } from './stack-view.ts';

/** Columns at which attributes of a construct begin in the stack. */
const ATTRIBUTE_INDENT = 6;

/** The app for CDKTF or its successor, with the same addresses and attributes as the HCL. */
export function renderCdktf(cdk: Cdk, stack: StackView, state: State): Files {
  const construct = (name: string) => `${cdk.provider}/lib/${name}`;
  return new Map([
    [
      'main.ts',
      mainTs({
        library: cdk.name,
        targetsLockfile: state.backend === 's3' && cdk.hasLockfileProperty,
      }),
    ],
    [
      'lib/gitlab-oidc-stack.ts',
      stackTs({
        ...stateView(state, cdk),
        library: cdk.name,
        modules: {
          oidcProvider: construct('iam-openid-connect-provider'),
          existingOidcProvider: construct('data-aws-iam-openid-connect-provider'),
          role: construct('iam-role'),
          rolePolicy: construct('iam-role-policy'),
          rolePolicyAttachment: construct('iam-role-policy-attachment'),
          provider: construct('provider'),
        },
        creates: stack.creates,
        hasManagedPolicies: stack.roles.some(({ managedPolicies }) => managedPolicies.length > 0),
        hasInlinePolicies: stack.roles.some(({ inlinePolicies }) => inlinePolicies.length > 0),
        awsProvider: { region: stack.region, allowedAccountIds: stack.accountIds },
        oidcProvider: {
          url: stack.url,
          clientIdList: stack.audiences,
          thumbprintList: stack.thumbprints,
        },
        roles: stack.roles.map((role) => ({
          constant: role.constant,
          label: role.label,
          attributes: {
            name: role.name,
            path: role.path,
            description: role.description,
            maxSessionDuration: role.maxSessionDuration,
            permissionsBoundary: role.permissionsBoundary,
            tags: role.tags?.own,
            assumeRolePolicy: trustPolicyCall(role.trustStatements),
          },
          managedPolicies: role.managedPolicies.map(({ label, role: name, arn }) => ({
            label,
            attributes: { role: name, policyArn: arn },
          })),
          inlinePolicies: role.inlinePolicies.map(({ label, role: roleName, name, document }) => ({
            label,
            attributes: { name, role: roleName, policy: jsonStringify(document) },
          })),
        })),
        roleArns: Object.fromEntries(stack.roles.map(({ name, arn }) => [name, arn])),
      }),
    ],
    ['lib/trust-policy.ts', trustPolicyTs({})],
    ['cdktf.json', cdktfJson({})],
    ['package.json', packageJson(packageView(cdk))],
    ['tsconfig.json', tsconfigJson({})],
  ]);
}

function packageView({ name, provider, versions }: Cdk) {
  return {
    provider,
    library: name,
    cli: `${name}-cli`,
    versions,
    synth: `${name} synth`,
    diff: `${name} diff`,
    deploy: `${name} deploy`,
  };
}

function stateView(state: State, { hasLockfileProperty }: Cdk) {
  return {
    overridesLockfile: !hasLockfileProperty,
    s3: state.backend === 's3' && {
      bucket: state.bucket,
      key: state.key,
      region: state.region,
      encrypt: true,
      useLockfile: hasLockfileProperty ? true : undefined,
    },
    http: state.backend === 'gitlab' && {
      address: state.address,
      lockAddress: `${state.address}/lock`,
      unlockAddress: `${state.address}/lock`,
      lockMethod: 'POST',
      unlockMethod: 'DELETE',
    },
  };
}

/** A call of `trustPolicy` as the attribute of a role. */
function trustPolicyCall(statements: readonly TrustStatement[]): Expression {
  const [only, ...others] = statements.map(conditionBlock);
  if (only && others.length === 0) {
    return tsExpression(`trustPolicy(gitlab.arn, ${typescript(only, ATTRIBUTE_INDENT)})`);
  }
  const indent = ' '.repeat(ATTRIBUTE_INDENT);
  const args = statements.map(
    (statement) => `${indent}  ${typescript(conditionBlock(statement), ATTRIBUTE_INDENT + 2)},\n`,
  );
  return tsExpression(`trustPolicy(\n${indent}  gitlab.arn,\n${args.join('')}${indent})`);
}

function jsonStringify(document: Printable): Expression {
  return tsExpression(`JSON.stringify(${typescript(document, ATTRIBUTE_INDENT)})`);
}

function tsExpression(ts: string): Expression {
  return new Expression('', ts);
}
