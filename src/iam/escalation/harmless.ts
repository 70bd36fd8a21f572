import { isObject } from '../../text/json-object.ts';

/** The services whose actions are part of a path. They stand here so that a policy without any is checked without the paths. */
export const ESCALATING_SERVICES: ReadonlySet<string> = new Set([
  'apprunner',
  'cloudformation',
  'codebuild',
  'datapipeline',
  'ec2',
  'ec2-instance-connect',
  'ecs',
  'glue',
  'iam',
  'lambda',
  'sagemaker',
  'ssm',
  'sts',
]);

/** The service of an action or of a pattern of actions: the text before its colon, in lower case. */
export function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(':')).toLowerCase();
}

/** Actions of which it is known whether their service is one that a path needs. */
const plainActions = new Map<string, boolean>();
const MOST_ACTIONS = 10_000;

/**
 * Whether a look at the names of its actions shows that a policy escalates in no way, alone or with others. Of most
 * policies it does.
 *
 * @param document of a permission policy
 */
export function isPlainlyHarmless(document: unknown): boolean {
  if (document === undefined) return true;
  const statements = isObject(document) ? document['Statement'] : undefined;
  return Array.isArray(statements) && statements.every(isPlainStatement);
}

function isPlainStatement(statement: unknown): boolean {
  if (!isObject(statement) || 'NotAction' in statement) return false;
  const { Action: actions } = statement;
  return Array.isArray(actions) ? actions.every(isPlainAction) : isPlainAction(actions);
}

function isPlainAction(action: unknown): boolean {
  if (typeof action !== 'string') return false;
  const known = plainActions.get(action);
  if (known !== undefined) return known;
  const isPlain = /^[a-z\d-]+:/i.test(action) && !ESCALATING_SERVICES.has(serviceOf(action));
  if (plainActions.size < MOST_ACTIONS) plainActions.set(action, isPlain);
  return isPlain;
}
