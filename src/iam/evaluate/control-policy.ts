import { isObject } from '../../text/json-object.ts';
import { prepareAction } from './action.ts';
import { parsePolicy } from './parse-policy.ts';
import type { Condition, PrincipalElement, Statement } from './policy.ts';
import { WEB_IDENTITY_ACTION } from './request.ts';

/** A Deny statement of a resource control policy (RCP). */
export interface ControlStatement {
  readonly statement: Statement;
  /** The resources that it is about, as a condition on {@link RESOURCE}. */
  readonly resource: Condition;
}

/** Stands for the ARN of the resource that a request is about. */
export const RESOURCE = 'Resource';

/**
 * The statements of an RCP that deny sign-ins with a token. Only AWS's own RCP allows, and it allows everything.
 *
 * @param name what reports call the document
 * @returns `undefined` where AWS would reject the document as an RCP
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 */
export function readControlPolicy(
  document: unknown,
  name: string,
): readonly ControlStatement[] | undefined {
  if (!isObject(document) || document['Version'] !== '2012-10-17') return undefined;
  const written = document['Statement'];
  const parsed = parsePolicy({
    ...document,
    Statement: Array.isArray(written) ? written.map(withoutResource) : withoutResource(written),
  });
  if (!parsed.ok) return undefined;
  const all: readonly unknown[] = [written].flat();
  const read = parsed.policy.statements.map((statement) => {
    // An RCP has neither NotPrincipal nor NotAction.
    const isOne = isEveryone(statement.principal) && !statement.action.negated;
    const resource = isOne && resourceOf(all[statement.index]);
    return resource && { statement: { ...statement, document: name }, resource };
  });
  const known = read.filter((one) => typeof one === 'object');
  if (known.length < read.length) return undefined;
  return known.filter(
    ({ statement: { effect, action } }) =>
      effect === 'Deny' && prepareAction(action)(WEB_IDENTITY_ACTION),
  );
}

function withoutResource(statement: unknown): unknown {
  if (!isObject(statement)) return statement;
  const { Resource: _, NotResource: __, ...others } = statement;
  return others;
}

/** The principals of an RCP are all. */
function isEveryone({ negated, entries }: PrincipalElement): boolean {
  return !negated && entries.some(({ type, value }) => value === '*' && /^(\*|AWS)$/.test(type));
}

function resourceOf(statement: unknown): Condition | undefined {
  if (!isObject(statement)) return undefined;
  const [path, ...more] = ['Resource', 'NotResource'].filter((one) => one in statement);
  if (path === undefined || more.length > 0) return undefined;
  const texts: readonly unknown[] = [statement[path]].flat();
  const values = texts
    .filter((text) => typeof text === 'string')
    .map((text) => ({ text, path, type: 'string' as const }));
  if (values.length === 0 || values.length < texts.length) return undefined;
  const base = path === RESOURCE ? 'StringLike' : 'StringNotLike';
  const operator = { base, ifExists: false, text: base };
  return { path, operator, key: RESOURCE, issuer: '', claim: '', values };
}
