import type { Reader } from '../reader.ts';
import { isObject } from '../../../text/json-object.ts';
import { listOf, textOf } from '../values.ts';
import { surroundingsOf } from './identity.ts';
import { readResources } from './read-resources.ts';
import type { TerraformResource } from './resource.ts';

/** The state file itself, format 4, which Terraform documents as its own; `terraform show -json` is the stable form. */
export const terraformState: Reader = {
  recognizes: (value) =>
    'encrypted_data' in value ||
    ('version' in value && 'serial' in value && 'lineage' in value && !('values' in value)),
  read: (value, at, into) => {
    if ('encrypted_data' in value) {
      into.unreadable(
        at,
        'OpenTofu encrypted this state or plan',
        'Give the output of tofu show -json, which decrypts it',
      );
      return;
    }
    if (value['version'] !== 4) {
      into.unreadable(
        at,
        `The state has format ${JSON.stringify(value['version'])}, and only format 4 is read`,
        'Give the output of terraform show -json',
      );
      return;
    }
    const resources = listOf(value['resources']).flatMap((resource, index): TerraformResource[] => {
      if (!isObject(resource)) return [];
      const { module, mode, type, name } = resource;
      const isData = mode === 'data';
      const prefix = `${textOf(module) === undefined ? '' : `${String(module)}.`}${isData ? 'data.' : ''}`;
      return listOf(resource['instances']).flatMap((instance, position): TerraformResource[] => {
        if (!isObject(instance) || !isObject(instance['attributes'])) return [];
        const key = instance['index_key'];
        return [
          {
            address: `${prefix}${String(type)}.${String(name)}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`,
            type: String(type),
            mode: isData ? 'data' : 'managed',
            values: instance['attributes'],
            at: [...at, 'resources', index, 'instances', position, 'attributes'],
          },
        ];
      });
    });
    readResources(resources, surroundingsOf(resources), into);
  },
};
