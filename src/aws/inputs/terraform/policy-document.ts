import { Missing, Undetermined, undeterminedIn } from '../undetermined.ts';
import { type JsonObject, isObject, plainText } from '../../../text/json-object.ts';
import { listOf, textOf } from '../values.ts';
import { textOfValue } from './evaluate/values.ts';

/** Arguments that merge other documents into this one: those that it overrides, and those that override it. */
const SOURCES = ['source_json', 'source_policy_documents'] as const;
const OVERRIDES = ['override_policy_documents', 'override_json'] as const;
export const MERGES: readonly string[] = [...SOURCES, ...OVERRIDES];

/**
 * The policy that an `aws_iam_policy_document` writes.
 *
 * @param values its arguments; parts may be {@link Undetermined}
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyOfDocument(values: JsonObject): JsonObject | Undetermined {
  const unknown = undeterminedIn([values['statement'], ...MERGES.map((name) => values[name])]);
  if (unknown) return unknown;
  const statements = listOf(values['statement']).filter(isObject).map(statementOf);
  const own = { Version: textOf(values['version']) ?? '2012-10-17', Statement: statements };
  const sources = SOURCES.flatMap((name) => documentsIn(values[name]));
  const documents = [...sources, own, ...OVERRIDES.flatMap((name) => documentsIn(values[name]))];
  const unread = documents.find((one) => one instanceof Undetermined);
  return (
    unread ?? twiceNamed(documents.slice(0, sources.length)) ?? merged(documents.filter(isObject))
  );
}

/** A Sid that stands in two source documents. */
function twiceNamed(sources: readonly unknown[]): Missing | undefined {
  const sids = sources
    .filter(isObject)
    .flatMap((one) => statementsOf(one).flatMap(({ Sid: sid }) => textOf(sid) ?? []));
  const twice = sids.find((sid, at) => sids.indexOf(sid) < at);
  return twice === undefined
    ? undefined
    : new Missing(
        `two of its source documents have a statement named ${twice}, which Terraform refuses`,
      );
}

/** One document or several, as texts or as they were computed; an empty text is none. */
function documentsIn(value: unknown): (JsonObject | Undetermined)[] {
  const some = Array.isArray(value) ? value : [value ?? ''];
  return some
    .filter((one) => one !== '' && one !== null)
    .map((one: unknown) => {
      const document = typeof one === 'string' ? parsed(one) : one;
      return isObject(document)
        ? document
        : new Undetermined('a document that is merged into it is not a policy');
    });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A statement takes the place of an earlier one with its Sid; one without a Sid is added. */
function merged(documents: readonly JsonObject[]): JsonObject {
  const all: JsonObject[] = [];
  for (const document of documents) {
    for (const statement of statementsOf(document)) {
      const sid = textOf(statement['Sid']);
      const at = sid === undefined ? -1 : all.findIndex((one) => one['Sid'] === sid);
      if (at < 0) all.push(statement);
      else all[at] = statement;
    }
  }
  // The newest version of all counts.
  const versions = documents.flatMap(({ Version: version }) => textOf(version) ?? []);
  return { Version: versions.toSorted().at(-1) ?? '', Statement: all };
}

function statementsOf({ Statement: own }: JsonObject): readonly JsonObject[] {
  return (Array.isArray(own) ? own : [own]).filter(isObject);
}

function statementOf(values: JsonObject): JsonObject {
  const { sid, effect } = values;
  const fields: [string, unknown][] = [
    ['Sid', textOf(sid)],
    ['Effect', textOf(effect) ?? 'Allow'],
    ['Principal', principalsOf(values['principals'])],
    ['NotPrincipal', principalsOf(values['not_principals'])],
    ['Action', someOf(values['actions'])],
    ['NotAction', someOf(values['not_actions'])],
    ['Resource', someOf(values['resources'])],
    ['NotResource', someOf(values['not_resources'])],
    ['Condition', conditionsOf(values['condition'])],
  ];
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/**
 * A value as it stands in the document: every argument is a text, so numbers and booleans become texts. The provider writes
 * `${` of a policy variable as `&{`, since Terraform would take it for its own.
 */
function written(value: unknown): unknown {
  return textOfValue(value)?.replaceAll('&{', '${') ?? value;
}

function someOf(values: unknown): unknown {
  const list = listOf(values).map(written);
  if (list.length === 0) return undefined;
  return list.length === 1 ? list[0] : list;
}

function principalsOf(blocks: unknown): unknown {
  const all = listOf(blocks).filter(isObject);
  if (all.length === 0) return undefined;
  const byType = new Map<string, unknown[]>();
  for (const { type, identifiers } of all) {
    const key = plainText(type);
    byType.set(key, [...(byType.get(key) ?? []), ...listOf(identifiers).map(written)]);
  }
  if (byType.size === 1 && byType.get('*')?.join() === '*') return '*';
  return Object.fromEntries([...byType].map(([type, values]) => [type, someOf(values)]));
}

function conditionsOf(blocks: unknown): unknown {
  const operators = new Map<string, Map<string, unknown[]>>();
  for (const { test, variable, values } of listOf(blocks).filter(isObject)) {
    const keys = operators.get(plainText(test)) ?? new Map<string, unknown[]>();
    operators.set(plainText(test), keys);
    const key = plainText(variable);
    keys.set(key, [...(keys.get(key) ?? []), ...listOf(values).map(written)]);
  }
  if (operators.size === 0) return undefined;
  return Object.fromEntries(
    [...operators].map(([test, keys]) => [
      test,
      Object.fromEntries([...keys].map(([key, values]) => [key, someOf(values) ?? []])),
    ]),
  );
}
