import type { Collector } from '../collector.ts';
import type { Reader } from '../reader.ts';
import type { JsonPath } from '../text/parse-json.ts';
import { type JsonObject, isObject } from '../../../text/json-object.ts';
import { textOf } from '../values.ts';
import { surroundingsOf } from './identity.ts';
import { readResources } from './read-resources.ts';
import type { TerraformResource } from './resource.ts';

const FIX = 'Give the output of terraform show -json';

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
        FIX,
      );
      return;
    }
    const resources = into
      .objects(value['resources'], [...at, 'resources'], 'a resource')
      .flatMap(([resource, place]) => instancesOf(resource, place, into));
    readResources(resources, surroundingsOf(resources), into);
  },
};

function instancesOf(resource: JsonObject, at: JsonPath, into: Collector): TerraformResource[] {
  const type = textOf(resource['type']) ?? '';
  const module = textOf(resource['module']);
  const isData = resource['mode'] === 'data';
  const prefix = `${module === undefined ? '' : `${module}.`}${isData ? 'data.' : ''}`;
  const address = `${prefix}${type}.${textOf(resource['name']) ?? ''}`;
  return into
    .objects(resource['instances'], [...at, 'instances'], 'an instance of a resource')
    .flatMap(([{ attributes, index_key: key }, place]): TerraformResource[] => {
      const within = [...place, 'attributes'];
      if (!isObject(attributes)) {
        // Terraform 0.11 and older wrote them in another form, which remains until the next apply.
        if (type.startsWith('aws_iam_'))
          into.unreadable(within, `${address} has no attributes`, FIX);
        return [];
      }
      return [
        {
          address: `${address}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`,
          type,
          mode: isData ? 'data' : 'managed',
          values: attributes,
          at: within,
        },
      ];
    });
}
