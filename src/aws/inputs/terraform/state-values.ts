import type { JsonPath } from '../text/parse-json.ts';
import { type JsonObject, isObject } from '../../../text/json-object.ts';
import { listOf, textOf } from '../values.ts';
import type { TerraformResource } from './resource.ts';

/** The resources of `values`, with those of all modules. */
export function resourcesOf(values: unknown, at: JsonPath): TerraformResource[] {
  const root = isObject(values) ? values['root_module'] : undefined;
  return isObject(root) ? moduleResources(root, [...at, 'root_module']) : [];
}

function moduleResources(module: JsonObject, at: JsonPath): TerraformResource[] {
  const own = listOf(module['resources']).flatMap((one, index): TerraformResource[] => {
    if (!isObject(one)) return [];
    const type = textOf(one['type']) ?? '';
    return [
      {
        address: textOf(one['address']) ?? type,
        type,
        mode: one['mode'] === 'data' ? 'data' : 'managed',
        values: isObject(one['values']) ? one['values'] : {},
        at: [...at, 'resources', index, 'values'],
      },
    ];
  });
  const children = listOf(module['child_modules']).flatMap((one, index) =>
    isObject(one) ? moduleResources(one, [...at, 'child_modules', index]) : [],
  );
  return [...own, ...children];
}
