import { accessOf, type RoleAccess } from './access-of.ts';
import { prepareCondition } from '../iam/evaluate/condition.ts';
import type { Condition, Statement } from '../iam/evaluate/policy.ts';
import type { RequestContext } from '../iam/evaluate/request.ts';
import type { Grant } from './grant.ts';
import { statementsOf, type Trust } from './trust.ts';
import { withOnly } from './variant.ts';
import { namespaceOf } from './witness.ts';

/**
 * {@link accessOf} for many policies. Of policies that differ only in the project and the ref of one exact subject, one is
 * analyzed, and the access of the others follows from it.
 *
 * @param isGitlab as in {@link accessOf}
 * @param since as in {@link accessOf}
 */
export function accessByShape(
  isGitlab: (issuer: string) => boolean,
  since?: string,
): (trust: Trust) => RoleAccess {
  const known = new Map<string, RoleAccess>();
  const texts = new Texts();
  return (trust) => {
    const shape = shapeOf(trust);
    if (!shape) return accessOf(trust, isGitlab, {}, since);
    const key = texts.ofTrust(shape.trust);
    const access = known.get(key) ?? accessOf(shape.trust, isGitlab, {}, since);
    known.set(key, access);
    return { ...access, grants: access.grants.map((one) => withSubject(one, shape.subject)) };
  };
}

/**
 * Texts that are equal where trusts are. Most of a statement is shared by the variants that are made of it, so the text of
 * each part is kept.
 */
class Texts {
  readonly #of = new WeakMap<object, string>();

  ofTrust(trust: Trust): string {
    const { policy, providers = [], account } = trust;
    return JSON.stringify([
      policy.version,
      statementsOf(trust).map(({ conditions, ...others }) => [
        ...Object.entries(others).map(([name, part]) => [name, this.#ofPart(part)]),
        ...conditions.map((condition) => this.#ofPart(condition)),
      ]),
      providers.map((provider) => this.#ofPart(provider)),
      account,
    ]);
  }

  #ofPart(part: unknown): unknown {
    if (typeof part !== 'object' || part === null) return part;
    const known = this.#of.get(part);
    if (known !== undefined) return known;
    const text = JSON.stringify(part);
    this.#of.set(part, text);
    return text;
  }
}

/** What an exact subject names. */
interface ExactSubject {
  readonly text: string;
  readonly path: string;
  readonly type: string;
  readonly ref: string;
}

/** A trust in which an exact subject is a placeholder, and what it was. */
interface Shape {
  readonly trust: Trust;
  readonly subject: ExactSubject;
}

const PLACEHOLDER: ExactSubject = exactSubject('acme/web', 'branch', 'main');
const EXACT = new Set(['StringEquals', 'StringLike']);

/**
 * Plain paths and refs: no text of this form is refused by GitLab or git, or read by IAM as anything but itself. Others
 * are analyzed one by one.
 */
const PLAIN =
  /^project_path:([A-Za-z\d][\w-]*(?:\/[A-Za-z\d][\w-]*)+):ref_type:(branch|tag):ref:((?!HEAD$|refs\/|.*\.lock(?:\/|$))[A-Za-z\d][\w-]*(?:[./][A-Za-z\d][\w-]*)*)$/;

function exactSubject(path: string, type: string, ref: string): ExactSubject {
  return { text: `project_path:${path}:ref_type:${type}:ref:${ref}`, path, type, ref };
}

/**
 * `undefined` where the policy is not one Allow statement with one exact subject, and Deny statements without any. What
 * RCPs ask of the subject is then settled.
 */
function shapeOf({ policy, denies, ...known }: Trust): Shape | undefined {
  const [allow, ...others] = policy.statements.filter(({ effect }) => effect === 'Allow');
  const conditions = policy.statements.flatMap((one) => one.conditions);
  const [asked, ...more] = conditions.filter(({ claim }) => claim === 'sub');
  if (!allow || !asked || others.length + more.length > 0) return undefined;
  if (!allow.conditions.includes(asked) || !EXACT.has(asked.operator.base)) return undefined;
  // The tokens of another issuer, which have no such subject, pass these.
  if (denies && (asked.operator.ifExists || asked.operator.set)) return undefined;
  const [value, ...values] = asked.values;
  const [, path, type, ref] = PLAIN.exec(value?.text ?? '') ?? [];
  if (!value || !path || !type || !ref || values.length > 0) return undefined;
  const hasVariable = (some: readonly Condition[]) =>
    some.some((one) => one.values.some(({ text }) => text.includes('${')));
  if (hasVariable(conditions)) return undefined;
  const left = denies?.flatMap((one) => withSubjectSettled(one, { [asked.key]: value.text }));
  if (left?.some((one) => hasVariable(one.conditions))) return undefined;
  const subject = exactSubject(path, type, ref);
  // Where the subject stands among others does not matter.
  const placeholder = {
    ...value,
    path: asked.path,
    text: exactSubject(PLACEHOLDER.path, type, PLACEHOLDER.ref).text,
  };
  const statement = withOnly(allow, asked, placeholder);
  return {
    trust: {
      policy: {
        version: policy.version,
        statements: policy.statements.map((one) => (one === allow ? statement : one)),
        size: 0,
      },
      ...(left && { denies: left }),
      ...known,
    },
    subject,
  };
}

/** A Deny statement for the tokens of one subject; none where no condition on it holds. */
function withSubjectSettled(statement: Statement, context: RequestContext): Statement[] {
  const onSubject = statement.conditions.filter(({ claim }) => claim === 'sub');
  if (onSubject.length === 0) return [statement];
  const holds = onSubject.every(
    (one) => prepareCondition(one, { variables: true })(context).matched,
  );
  const conditions = statement.conditions.filter((one) => !onSubject.includes(one));
  return holds ? [{ ...statement, conditions }] : [];
}

/** The same grant for another project and ref; one that does not depend on the subject is as it was. */
function withSubject(grant: Grant, { text, path, ref }: ExactSubject): Grant {
  const { who, refs, witness } = grant;
  if (who.path !== PLACEHOLDER.path) return grant;
  return {
    ...grant,
    who: { ...who, path },
    refs: refs.map(({ type }) => ({ type, name: ref })),
    witness: {
      ...witness,
      claims: {
        ...witness.claims,
        sub: text,
        project_path: path,
        namespace_path: namespaceOf(path),
        ref,
      },
    },
  };
}
