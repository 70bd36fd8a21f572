import { isObject, type JsonObject } from '../../text/json-object.ts';
import type { Problem } from '../../text/problem.ts';
import { readKey } from '../condition-keys.ts';
import { joinPath } from './json-path.ts';
import { OPERATOR_NAMES, readOperatorName } from './operator-name.ts';
import type {
  ActionElement,
  Condition,
  ConditionValue,
  PrincipalElement,
  PrincipalEntry,
  Statement,
  TrustPolicy,
} from './policy.ts';

/** A policy, or everything that keeps the document from being one. */
export type ParsedPolicy =
  | { readonly ok: true; readonly policy: TrustPolicy }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const TRUST_POLICY =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html';
const POLICY_ELEMENTS = ['Version', 'Id', 'Statement'];
const STATEMENT_ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];
const PRINCIPAL_TYPES = ['AWS', 'Federated', 'Service', 'CanonicalUser'] as const;

/**
 * Reads a trust policy from parsed JSON, taking one value or a list wherever AWS does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicy(json: unknown, source = 'trust policy'): ParsedPolicy {
  const problems: Problem[] = [];
  const reader = new PolicyReader(source, problems);
  const policy = reader.policy(json);
  if (policy === undefined || problems.length > 0) return { ok: false, problems };
  return { ok: true, policy };
}

/** Walks the document once and notes every problem on the way, not only the first. */
class PolicyReader {
  constructor(
    private readonly source: string,
    private readonly problems: Problem[],
  ) {}

  policy(json: unknown): TrustPolicy | undefined {
    if (!isObject(json)) {
      this.note('', `is ${describe(json)}, not a policy`, 'Give an object with a Statement');
      return undefined;
    }
    if (!('Statement' in json)) {
      this.note('', 'has no Statement', `Give a role's trust policy: ${TRUST_POLICY}`);
      return undefined;
    }
    this.refuseUnknown(json, '', POLICY_ELEMENTS);
    const version = this.version(json['Version']);
    const list = json['Statement'];
    const statements = Array.isArray(list)
      ? list.map((one, index) => this.statement(one, index, joinPath('', 'Statement', index)))
      : [this.statement(list, 0, 'Statement')];
    if (statements.length === 0) {
      this.note('Statement', 'is an empty list', 'Add a statement');
    }
    return {
      version,
      statements: statements.filter((one) => one !== undefined),
      size: JSON.stringify(json).length,
    };
  }

  private version(json: unknown): TrustPolicy['version'] {
    if (json === undefined) return '2008-10-17';
    if (json === '2012-10-17' || json === '2008-10-17') return json;
    this.note('Version', `is ${describe(json)}`, 'Write "2012-10-17"');
    return '2012-10-17';
  }

  private statement(json: unknown, index: number, path: string): Statement | undefined {
    if (!isObject(json)) {
      this.note(path, `is ${describe(json)}, not a statement`, 'Write an object');
      return undefined;
    }
    this.refuseUnknown(json, path, STATEMENT_ELEMENTS);
    if ('Resource' in json || 'NotResource' in json) {
      const lacks = 'Principal' in json || 'NotPrincipal' in json ? '' : ' and no Principal';
      this.note(
        path,
        `has a Resource${lacks}: this is a permission policy, not a trust policy`,
        `A trust policy names a Principal and no Resource: ${TRUST_POLICY}`,
      );
      return undefined;
    }
    const sid = json['Sid'];
    const effect = this.effect(json['Effect'], joinPath(path, 'Effect'));
    const principal = this.principal(json, path);
    const action = this.action(json, path);
    const conditions = this.conditions(json['Condition'], joinPath(path, 'Condition'));
    if (effect === undefined || principal === undefined || action === undefined) return undefined;
    return {
      index,
      path,
      ...(typeof sid === 'string' && { sid }),
      effect,
      principal,
      action,
      conditions,
    };
  }

  private effect(json: unknown, path: string): 'Allow' | 'Deny' | undefined {
    if (json === 'Allow' || json === 'Deny') return json;
    this.note(path, `is ${describe(json)}`, 'Write "Allow" or "Deny"');
    return undefined;
  }

  private principal(statement: JsonObject, path: string): PrincipalElement | undefined {
    const name = this.eitherOf(statement, path, 'Principal', 'NotPrincipal');
    if (name === undefined) return undefined;
    const json = statement[name];
    const own = joinPath(path, name);
    const negated = name === 'NotPrincipal';
    if (json === '*')
      return { negated, path: own, entries: [{ type: '*', value: '*', path: own }] };
    if (!isObject(json)) {
      this.note(own, `is ${describe(json)}`, 'Write {"Federated": "<ARN of the OIDC provider>"}');
      return undefined;
    }
    const entries = Object.entries(json).flatMap(([type, value]): PrincipalEntry[] => {
      const known = PRINCIPAL_TYPES.find((one) => one === type);
      const at = joinPath(own, type);
      if (known === undefined) {
        this.note(at, 'is not a kind of principal', `Use ${PRINCIPAL_TYPES.join(', ')}`);
        return [];
      }
      return this.strings(value, at).map((one) => ({ ...one, type: known }));
    });
    if (entries.length === 0) this.note(own, 'names nobody', "Name the OIDC provider's ARN");
    return { negated, path: own, entries };
  }

  private action(statement: JsonObject, path: string): ActionElement | undefined {
    const name = this.eitherOf(statement, path, 'Action', 'NotAction');
    if (name === undefined) return undefined;
    const own = joinPath(path, name);
    const found = this.strings(statement[name], own);
    for (const { value, path: at } of found) {
      if (value !== '*' && !/^[^:\s]+:\S+$/.test(value)) {
        this.note(at, `is ${describe(value)}`, 'Write "sts:AssumeRoleWithWebIdentity"');
      }
    }
    return { negated: name === 'NotAction', path: own, patterns: found.map(({ value }) => value) };
  }

  private eitherOf<Name extends string>(
    statement: JsonObject,
    path: string,
    plain: Name,
    negated: Name,
  ): Name | undefined {
    if (plain in statement && negated in statement) {
      this.note(path, `has both ${plain} and ${negated}`, 'Keep one of them');
      return undefined;
    }
    if (plain in statement) return plain;
    if (negated in statement) return negated;
    this.note(path, `has no ${plain}`, `A trust policy needs one: ${TRUST_POLICY}`);
    return undefined;
  }

  private strings(json: unknown, path: string): { value: string; path: string }[] {
    const list = Array.isArray(json)
      ? json.map((value: unknown, at) => ({ value, path: joinPath(path, at) }))
      : [{ value: json, path }];
    if (list.length === 0) this.note(path, 'is an empty list', 'Write at least one value');
    return list.flatMap((one) => {
      const { value } = one;
      if (typeof value === 'string' && value !== '') return [{ value, path: one.path }];
      this.note(one.path, `is ${describe(value)}, not text`, 'Write a string');
      return [];
    });
  }

  private conditions(json: unknown, path: string): Condition[] {
    if (json === undefined) return [];
    if (!isObject(json)) {
      this.note(path, `is ${describe(json)}`, 'Write {"<operator>": {"<key>": "<value>"}}');
      return [];
    }
    return Object.entries(json).flatMap(([text, keys]) => {
      const own = joinPath(path, text);
      const operator = readOperatorName(text);
      if (operator === undefined) {
        this.note(
          own,
          'is not an operator that AWS knows',
          `Use one of ${OPERATOR_NAMES.join(', ')}`,
        );
        return [];
      }
      if (!isObject(keys)) {
        this.note(own, `is ${describe(keys)}`, 'Write {"<key>": "<value>"}');
        return [];
      }
      return Object.entries(keys).map(([key, values]) => {
        const at = joinPath(own, key);
        return {
          path: at,
          operator,
          key,
          ...readKey(key),
          values: this.conditionValues(values, at),
        };
      });
    });
  }

  private conditionValues(json: unknown, path: string): ConditionValue[] {
    const list = Array.isArray(json)
      ? json.map((value: unknown, at) => ({ value, at: joinPath(path, at) }))
      : [{ value: json, at: path }];
    return list.flatMap(({ value, at }): ConditionValue[] => {
      if (typeof value === 'string') return [{ text: value, path: at, type: 'string' }];
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
        this.note(at, 'is a number of more than 15 digits', 'Write it as a string');
        return [];
      }
      if (typeof value === 'number') return [{ text: String(value), path: at, type: 'number' }];
      if (typeof value === 'boolean') return [{ text: String(value), path: at, type: 'boolean' }];
      this.note(at, `is ${describe(value)}`, 'Write a string or a list of strings');
      return [];
    });
  }

  private refuseUnknown(json: JsonObject, path: string, known: readonly string[]): void {
    for (const name of Object.keys(json)) {
      if (known.includes(name)) continue;
      const meant = known.find((one) => one.toLowerCase() === name.toLowerCase());
      this.note(
        joinPath(path, name),
        'is not an element of a policy',
        meant === undefined ? `Known are ${known.join(', ')}` : `Write ${meant}`,
      );
    }
  }

  private note(path: string, what: string, fix: string): void {
    const where = path === '' ? this.source : `${this.source}: ${path}`;
    this.problems.push({ where, what, fix });
  }
}

function describe(json: unknown): string {
  if (json === null) return 'null';
  if (Array.isArray(json)) return json.length === 0 ? 'an empty list' : 'a list';
  if (typeof json === 'object') return 'an object';
  if (json === undefined) return 'missing';
  const text = JSON.stringify(json);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
