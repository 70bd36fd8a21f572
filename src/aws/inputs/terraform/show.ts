import type { Reader } from '../reader.ts';
import { isObject } from '../../../text/json-object.ts';
import { surroundingsOf } from './identity.ts';
import { planResources } from './plan.ts';
import { readResources } from './read-resources.ts';
import { resourcesOf } from './state-values.ts';

/**
 * `terraform show -json` of a state or a plan.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export const terraformShow: Reader = {
  recognizes: (value) =>
    isObject(value['values']) ||
    isObject(value['planned_values']) ||
    ('format_version' in value && 'terraform_version' in value),
  read: (value, at, into) => {
    if (Array.isArray(value['resource_changes'])) {
      const { resources, surroundings } = planResources(value, at, into);
      readResources(resources, surroundings, into);
      return;
    }
    const root = isObject(value['values']) ? 'values' : 'planned_values';
    const resources = resourcesOf(value[root], [...at, root], into);
    readResources(resources, surroundingsOf(resources), into);
  },
};
