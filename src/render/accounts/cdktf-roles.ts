import roleTs from '../../../templates/cdktf/role.ts.hbs';
import type { Cdk } from '../../blueprint/cdk.ts';
import { conditionBlock, type TrustStatement } from '../../iam/trust-policy.ts';
import { typescript } from '../escape/typescript.ts';
import { Expression, type Printable } from '../expression.ts';
import type { RoleView } from '../stack-view.ts';
import { Rendered } from '../template/template.ts';

/** Where the statements of a role stand. */
interface Position {
  /** Columns at which each statement begins. */
  readonly indent: number;
  /** The construct that the role belongs to. */
  readonly scope: 'this' | 'stack';
  /** The object that collects the ARNs, where there is one. */
  readonly arns: 'roleArns' | undefined;
}

/** The statements that make a role and what belongs to it, without the line break at the end. */
export function roleStatements(role: RoleView, { indent, scope, arns }: Position): Rendered {
  const within = indent + 2;
  const text = roleTs({
    pad: new Rendered(' '.repeat(indent)),
    indent,
    scope,
    arns,
    name: role.name,
    constant: role.constant,
    label: role.label,
    attributes: {
      name: role.name,
      path: role.path,
      description: role.description,
      maxSessionDuration: role.maxSessionDuration,
      permissionsBoundary: role.permissionsBoundary,
      tags: role.tags && tagsIn(role.tags, within),
      assumeRolePolicy: trustPolicyCall(role.trustStatements, within),
    },
    managedPolicies: role.managedPolicies.map(({ label, role: name, arn }) => ({
      label,
      attributes: { role: name, policyArn: arn },
    })),
    inlinePolicies: role.inlinePolicies.map(({ label, role: roleName, name, document }) => ({
      label,
      attributes: { name, role: roleName, policy: jsonStringify(document, within) },
    })),
  });
  return new Rendered(text.trimEnd());
}

/** The modules of the constructs. */
export function modulesOf(cdk: Cdk) {
  const construct = (name: string) => `${cdk.provider}/lib/${name}`;
  return {
    oidcProvider: construct('iam-openid-connect-provider'),
    existingOidcProvider: construct('data-aws-iam-openid-connect-provider'),
    role: construct('iam-role'),
    rolePolicy: construct('iam-role-policy'),
    rolePolicyAttachment: construct('iam-role-policy-attachment'),
    provider: construct('provider'),
  };
}

/** Which constructs roles are made of. */
export function partsOf(roles: readonly RoleView[]) {
  return {
    hasManagedPolicies: roles.some(({ managedPolicies }) => managedPolicies.length > 0),
    hasInlinePolicies: roles.some(({ inlinePolicies }) => inlinePolicies.length > 0),
  };
}

/** The role's own tags win over those of the account. */
function tagsIn({ own, account }: NonNullable<RoleView['tags']>, indent: number): Printable {
  if (!account) return own ?? {};
  if (!own) return account;
  const spread = `{\n${' '.repeat(indent + 2)}...${account.ts},`;
  return new Expression(
    '',
    typescript(own, indent).replace('{', () => spread),
  );
}

/** A call of `trustPolicy` as the attribute of a role. */
function trustPolicyCall(statements: readonly TrustStatement[], indent: number): Expression {
  const [only, ...others] = statements.map(conditionBlock);
  if (only && others.length === 0) {
    return new Expression('', `trustPolicy(gitlab.arn, ${typescript(only, indent)})`);
  }
  const pad = ' '.repeat(indent);
  const args = statements.map(
    (statement) => `${pad}  ${typescript(conditionBlock(statement), indent + 2)},\n`,
  );
  return new Expression('', `trustPolicy(\n${pad}  gitlab.arn,\n${args.join('')}${pad})`);
}

function jsonStringify(document: Printable, indent: number): Expression {
  return new Expression('', `JSON.stringify(${typescript(document, indent)})`);
}
