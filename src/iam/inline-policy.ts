import { shown, type Flaw } from '../text/flaw.ts';
import { isObject } from '../text/json-object.ts';

const FIELDS = new Set([
  'Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition',
]); // prettier-ignore

/** What AWS accepts as an action and a resource; it rejects others as malformed. */
const FORMS = {
  Action: {
    pattern: /^(\*+|[A-Za-z0-9*?-]+:[A-Za-z0-9*?]+)$/,
    is: 'an action such as s3:GetObject',
  },
  Resource: { pattern: /^(\*+|arn:.+)$/s, is: 'an ARN or *' },
} as const;

/**
 * Checks the shape of a permission policy: what AWS would refuse as malformed, and a statement that allows everything.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function checkInlinePolicy(policy: Readonly<Record<string, unknown>>): Flaw | undefined {
  const fix =
    'Give a permission policy in the form AWS accepts: Version 2012-10-17 and a Statement list';
  const unknown = Object.keys(policy).find((key) => !['Version', 'Id', 'Statement'].includes(key));
  if (unknown !== undefined) return { what: `${shown(unknown)} is not a field of a policy`, fix };
  if (policy['Version'] !== '2012-10-17') return { what: 'its Version is not 2012-10-17', fix };
  const statements = [policy['Statement'] ?? []].flat();
  if (statements.length === 0) return { what: 'it has no Statement', fix };
  const sids = new Set<unknown>();
  for (const [index, statement] of statements.entries()) {
    const flaw = checkStatement(statement, `Statement[${index}]`);
    if (flaw) return flaw;
    const { Sid: sid } = statement as { Sid?: string };
    if (sid === undefined) continue;
    if (sids.has(sid)) {
      return { what: `${shown(sid)} is the Sid of two statements`, fix: 'Give one another Sid' };
    }
    sids.add(sid);
  }
  // eslint-disable-next-line no-control-regex -- the characters that AWS documents
  const outside = /[^\u0009\u000a\u000d\u0020-\u00ff]/u.exec(JSON.stringify(policy));
  if (!outside) return undefined;
  return {
    what: `it holds ${shown(outside[0])}, but a policy allows Latin-1 characters only`,
    fix: 'Leave that character out',
  };
}

function checkStatement(statement: unknown, where: string): Flaw | undefined {
  if (!isObject(statement)) return { what: `${where} is not an object`, fix: `Correct ${where}` };
  const fields = new Map<string, unknown>(Object.entries(statement));
  return (
    fieldsFlaw(fields, where) ??
    conditionFlaw(fields.get('Condition') ?? {}, where) ??
    valuesFlaw(fields, 'Action', 'NotAction', where) ??
    valuesFlaw(fields, 'Resource', 'NotResource', where) ??
    everythingFlaw(fields, where)
  );
}

type Fields = ReadonlyMap<string, unknown>;

function fieldsFlaw(fields: Fields, where: string): Flaw | undefined {
  const fix = `Correct ${where}`;
  if (fields.has('Principal') || fields.has('NotPrincipal')) {
    return {
      what: `${where} has a Principal, which belongs into a trust policy`,
      fix: 'Leave it out; who may assume the role follows from projects and refs',
    };
  }
  const unknown = [...fields.keys()].find((key) => !FIELDS.has(key));
  if (unknown !== undefined)
    return { what: `${where} has ${shown(unknown)}, which is not a field of a statement`, fix };
  const effect = fields.get('Effect');
  if (effect !== 'Allow' && effect !== 'Deny')
    return { what: `${where} has no Effect of Allow or Deny`, fix };
  const sid = fields.get('Sid');
  if (sid !== undefined && !(typeof sid === 'string' && /^[A-Za-z0-9]*$/.test(sid)))
    return { what: `${where} has a Sid that is not letters and digits`, fix };
  return undefined;
}

function valuesFlaw(
  fields: Fields,
  one: keyof typeof FORMS,
  other: `Not${keyof typeof FORMS}`,
  where: string,
): Flaw | undefined {
  const fix = `Correct ${where}`;
  if (fields.has(one) === fields.has(other))
    return { what: `${where} needs ${one} or ${other}, and not both`, fix };
  const values = [fields.get(one) ?? fields.get(other)].flat();
  if (values.length === 0 || !values.every(isText))
    return { what: `${where} has a ${fields.has(one) ? one : other} that is not text`, fix };
  const form = FORMS[one];
  const odd = values.find((value) => !form.pattern.test(value));
  return odd === undefined
    ? undefined
    : { what: `${shown(odd)} in ${where} is not ${form.is}`, fix };
}

function everythingFlaw(fields: Fields, where: string): Flaw | undefined {
  const isEverything =
    fields.get('Effect') === 'Allow' &&
    [fields.get('Action')].flat().some((action) => /^\*+(:\*+)?$/.test(String(action))) &&
    [fields.get('Resource')].flat().some((arn) => /^(\*+|arn(:\*+)+)$/.test(String(arn)));
  if (!isEverything) return undefined;
  return {
    what: `${where} allows every action on every resource`,
    fix: 'Name the actions, or attach AdministratorAccess and say yes with accept_administrator',
    flagFix:
      'Name the actions, or give --managed-policy AdministratorAccess --accept-administrator',
  };
}

/** A number of more digits may be an id that YAML has taken a leading zero from, or that JavaScript has rounded. */
const LONGEST_NUMBER = 99_999_999;

function conditionFlaw(block: unknown, where: string): Flaw | undefined {
  const fix = `Correct ${where}`;
  const operators = isObject(block) ? Object.values(block) : [undefined];
  if (!operators.every(isObject))
    return { what: `${where} has a Condition that is not a mapping of operators`, fix };
  const values = operators.flatMap((keys) => Object.values(keys).flat());
  if (values.some((value) => typeof value === 'object'))
    return { what: `${where} has a Condition with a value that is not text`, fix };
  const long = values
    .filter((value) => typeof value === 'number')
    .find((value) => Math.abs(value) > LONGEST_NUMBER);
  return long === undefined
    ? undefined
    : {
        what: `${where} compares with the number ${long}, which may not be what was written`,
        fix: 'Put it in quotes: a number loses leading zeros, and what it has too many digits for',
      };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
