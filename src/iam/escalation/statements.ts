import { isObject, type JsonObject } from '../../text/json-object.ts';
import { prepareAction } from '../evaluate/action.ts';
import { like } from '../evaluate/wildcard.ts';
import { serviceOf } from './harmless.ts';

/** A kind of IAM resource that an action works on; `none` for actions of other services, whose resource is not looked at. */
export type TargetType = 'role' | 'user' | 'group' | 'policy' | 'none';

/** How far a statement reaches: every resource of a type, those that match a pattern, or those it names. */
export type ResourceReach = 'every' | 'pattern' | 'named';

/** A statement of a permission policy, of any origin, read as far as escalation is concerned. */
export interface PermissionStatement {
  /** Its place in the list of statements. */
  readonly index: number;
  readonly effect: 'Allow' | 'Deny';
  readonly conditional: boolean;
  /** The services of its actions, in lower case; `undefined` where they may be any. */
  readonly services: ReadonlySet<string> | undefined;
  readonly covers: (action: string) => boolean;
  /** How far it reaches among resources of a type; `undefined` where it reaches none. */
  readonly reach: (type: TargetType) => ResourceReach | undefined;
  /** Whether it reaches one role, given as `role/path/name`, of whatever account. */
  readonly reachesRole: (role: string) => boolean;
}

/** The statements of a permission policy's document. What does not have the form of a statement is left out. */
export function permissionStatements(document: unknown): PermissionStatement[] {
  if (!isObject(document)) return [];
  return listOf(document['Statement']).flatMap((statement, index) => {
    if (!isObject(statement)) return [];
    const effect = statement['Effect'];
    return effect === 'Allow' || effect === 'Deny' ? [read(statement, effect, index)] : [];
  });
}

function read(statement: JsonObject, effect: 'Allow' | 'Deny', index: number): PermissionStatement {
  const negatedAction = 'NotAction' in statement;
  const negated = 'NotResource' in statement;
  const actions = textsOf(statement[negatedAction ? 'NotAction' : 'Action']);
  const services = negatedAction ? undefined : servicesOf(actions);
  let prepared: ((action: string) => boolean) | undefined;
  const resources = textsOf(statement[negated ? 'NotResource' : 'Resource']);
  const isOneOf = (tail: string) => resources.some((resource) => matches(resource, tail));
  const isEvery = (type: TargetType) => PROBES.every((name) => isOneOf(`${type}/${name}`));
  return {
    index,
    effect,
    conditional: isObject(statement['Condition']) && Object.keys(statement['Condition']).length > 0,
    services,
    covers: (action) => {
      if (services && !services.has(serviceOf(action))) return false;
      prepared ??= prepareAction({ negated: negatedAction, path: '', patterns: actions });
      return prepared(action);
    },
    reach: (type) => {
      if (negated) return type !== 'none' && isEvery(type) ? undefined : 'every';
      if (type === 'none') return resources.length > 0 ? 'every' : undefined;
      if (isEvery(type)) return 'every';
      const some = resources.filter((resource) => mayMatch(resource, `${type}/`));
      if (some.length === 0) return undefined;
      return some.some((resource) => /[*?]|\$\{/.test(resource)) ? 'pattern' : 'named';
    },
    reachesRole: (role) => isOneOf(role) !== negated,
  };
}

function servicesOf(patterns: readonly string[]): ReadonlySet<string> | undefined {
  const isPlain = patterns.every((pattern) => /^[a-z\d-]+:/i.test(pattern));
  return isPlain ? new Set(patterns.map(serviceOf)) : undefined;
}

/** Names that no policy gives: what matches each of them, at the root and below a path, matches every name. */
const PROBES = ['0-any-name', '0-any-path/0-any-name'];

/** What follows the account in an ARN, or the text itself where it is too short to be one, such as `*`. */
function tailOf(resource: string): string {
  const parts = resource.split(':');
  return parts.length < 6 ? resource : parts.slice(5).join(':');
}

function isOfIam(resource: string): boolean {
  const parts = resource.split(':');
  return parts.length < 6 || like(parts[2] ?? '', 'iam');
}

/** Whether a resource pattern matches a resource of IAM, given by what follows the account in its ARN. */
function matches(resource: string, tail: string): boolean {
  if (!isOfIam(resource)) return false;
  const pattern = tailOf(resource);
  return like(pattern, tail) || (pattern === resource && like(resource, `arn:aws:iam::0:${tail}`));
}

/** Whether a pattern can match something that begins so: their literal beginnings agree as far as both go. */
function mayMatch(resource: string, beginning: string): boolean {
  if (!isOfIam(resource)) return false;
  const literal = tailOf(resource).split(/[*?]/, 1)[0] ?? '';
  if (tailOf(resource) === resource) return literal === '' || 'arn:aws:iam::'.startsWith(literal);
  return literal.startsWith(beginning) || (beginning.startsWith(literal) && /[*?]/.test(resource));
}

function listOf(json: unknown): readonly unknown[] {
  return Array.isArray(json) ? json : [json];
}

function textsOf(json: unknown): readonly string[] {
  return listOf(json).filter((one) => typeof one === 'string');
}
