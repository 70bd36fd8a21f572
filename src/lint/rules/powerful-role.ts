import { prepareAction } from '../../iam/evaluate/action.ts';
import { like } from '../../iam/evaluate/wildcard.ts';
import type { AttachedPolicy } from '../../access/role-context.ts';
import type { LintContext } from '../lint-context.ts';
import type { Rule } from '../rule.ts';

const FULL_ACCESS = /^arn:[^:]+:iam::aws:policy\/(AdministratorAccess|IAMFullAccess)$/;
/** Each of them turns the role into any other. */
const SELF_EDITS = ['iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy', 'iam:AttachRolePolicy'];

export const powerfulRole: Rule = {
  id: 'OIDC108',
  name: 'powerful-role',
  severity: 'warning',
  harm: 'weakens',
  summary: 'AdministratorAccess, or a role that can edit itself',
  why: 'Such a role makes every pipeline that is let in an administrator, and lets it change who is let in next.',
  example: 'One job on a compromised runner opens the trust policy to everyone, for good.',
  mend: 'Attach what the pipeline needs; keep roles and their trust in a pipeline of their own',
  check: ({ context }) =>
    (context.attachedPolicies ?? []).flatMap((policy, at) => {
      const flaw = flawOf(policy, context);
      return flaw === undefined ? [] : [{ path: `attachedPolicies[${at}]`, message: flaw }];
    }),
};

function flawOf({ arn = '', name, document }: AttachedPolicy, context: LintContext) {
  const managed = FULL_ACCESS.exec(arn)?.[1];
  if (managed !== undefined) return `${managed} is attached`;
  const granted = statementsOf(document)
    .filter((statement) => reaches(statement, context))
    .map(actionsOf);
  const edits = SELF_EDITS.find((action) => granted.some((covers) => covers(action)));
  return edits && `${name ?? (arn || 'a policy')} allows ${edits} on the role itself`;
}

type Json = Readonly<Record<string, unknown>>;

function statementsOf(document: unknown): readonly Json[] {
  return isJson(document) ? listOf(document['Statement']).filter(isJson) : [];
}

function actionsOf(statement: Json): (action: string) => boolean {
  const negated = 'NotAction' in statement;
  const patterns = textsOf(statement[negated ? 'NotAction' : 'Action']);
  return prepareAction({ negated, path: '', patterns });
}

/** Whether a statement allows something on the role itself. */
function reaches(statement: Json, { rolePath = '/', roleName }: LintContext): boolean {
  if (statement['Effect'] !== 'Allow') return false;
  const own = `role${rolePath}${roleName ?? ''}`;
  return textsOf(statement['Resource']).some((resource) => {
    const [, , , , , ...rest] = resource.split(':');
    const target = rest.length === 0 ? resource : rest.join(':');
    // Without the role's name any pattern of roles may be it.
    return roleName === undefined
      ? like(target, own) || /^role\/.*\*/.test(target)
      : like(target, own);
  });
}

function isJson(json: unknown): json is Json {
  return typeof json === 'object' && json !== null;
}

function listOf(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [json];
}

function textsOf(json: unknown): readonly string[] {
  return listOf(json).filter((one) => typeof one === 'string');
}
