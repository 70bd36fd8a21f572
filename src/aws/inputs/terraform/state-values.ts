import type { Collector } from '../collector.ts';
import type { JsonPath } from '../text/parse-json.ts';
import { type JsonObject, isObject } from '../../../text/json-object.ts';
import { textOf } from '../values.ts';
import type { TerraformResource } from './resource.ts';

/** The resources of `values`, with those of all modules. */
export function resourcesOf(values: unknown, at: JsonPath, into: Collector): TerraformResource[] {
  const root = isObject(values) ? values['root_module'] : undefined;
  return isObject(root) ? moduleResources(root, [...at, 'root_module'], into) : [];
}

function moduleResources(module: JsonObject, at: JsonPath, into: Collector): TerraformResource[] {
  const resources = into.objects(module['resources'], [...at, 'resources'], 'a resource');
  const own = resources.map(([one, place]): TerraformResource => {
    const type = textOf(one['type']) ?? '';
    return {
      address: textOf(one['address']) ?? type,
      type,
      mode: one['mode'] === 'data' ? 'data' : 'managed',
      values: isObject(one['values']) ? one['values'] : {},
      at: [...place, 'values'],
    };
  });
  const children = into
    .objects(module['child_modules'], [...at, 'child_modules'], 'a module')
    .flatMap(([one, place]) => moduleResources(one, place, into));
  return [...own, ...children];
}
