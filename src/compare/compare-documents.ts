import { isObject, type JsonObject } from '../text/json-object.ts';
import { canonical } from './canonical.ts';

/** Whether a policy comes to permit more, or less; `changed` where it is neither, or statements alone cannot tell. */
export function compareDocuments(before: unknown, after: unknown): 'gained' | 'lost' | 'changed' {
  const had = permitted(before);
  const has = permitted(after);
  if (!had || !has) return 'changed';
  const more = [...has].some((one) => !had.has(one));
  const less = [...had].some((one) => !has.has(one));
  if (more && !less) return 'gained';
  return less && !more ? 'lost' : 'changed';
}

/** Each action on each resource under each set of conditions; none where something is denied or named by exclusion. */
function permitted(document: unknown): Set<string> | undefined {
  const statements = listOf(fieldsOf(document)['Statement']).map(fieldsOf);
  const all = new Set<string>();
  for (const { Effect, Action, Resource, Condition } of statements) {
    if (Effect !== 'Allow' || Action === undefined || Resource === undefined) return undefined;
    for (const action of listOf(Action)) {
      for (const resource of listOf(Resource)) all.add(canonical({ action, resource, Condition }));
    }
  }
  return all;
}

function fieldsOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
