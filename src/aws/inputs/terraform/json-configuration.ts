import { Cursor } from '../hcl/cursor.ts';
import { parseTemplate } from '../hcl/parse-expression.ts';
import { SyntaxFault, type Attribute, type HclExpression } from '../hcl/syntax.ts';
import type { Collector } from '../collector.ts';
import type { Reader } from '../reader.ts';
import type { JsonPath } from '../text/parse-json.ts';
import { isObject } from '../../../text/json-object.ts';
import { providerOf, type Configuration, type ConfiguredResource } from './configuration.ts';
import { readConfiguration } from './read-configuration.ts';

/**
 * Terraform's JSON syntax, such as the `cdk.tf.json` that CDKTF writes to `cdktf.out/stacks`.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export const jsonConfiguration: Reader = {
  recognizes: (value) =>
    isObject(value['resource']) ||
    (isObject(value['terraform']) && (isObject(value['provider']) || isObject(value['data']))),
  read: (value, at, into) => {
    const configuration: Configuration = {
      resources: [
        ...resourcesOf(value['resource'], 'managed', [...at, 'resource'], into),
        ...resourcesOf(value['data'], 'data', [...at, 'data'], into),
      ],
      locals: new Map(attributesOf(value['locals']).map(({ name, value: one }) => [name, one])),
      providers: providersOf(value['provider']),
      modules: Object.keys(isObject(value['module']) ? value['module'] : {}).map((name) => ({
        name,
        at: [...at, 'module', name],
      })),
    };
    readConfiguration(configuration, into);
  },
};

function resourcesOf(
  types: unknown,
  mode: ConfiguredResource['mode'],
  at: JsonPath,
  into: Collector,
): ConfiguredResource[] {
  return membersOf(types).flatMap(([type, named]) =>
    membersOf(named).flatMap(([name, body]): ConfiguredResource[] => {
      const place = [...at, type, name];
      const address = `${mode === 'data' ? 'data.' : ''}${type}.${name}`;
      const blocks: readonly unknown[] = Array.isArray(body) ? body : [body];
      const [only, ...others] = blocks;
      if (!isObject(only) || others.length > 0) {
        into.unreadable(place, `${address} is not one object`, 'Write its arguments as an object');
        return [];
      }
      return [
        { address, type, mode, body: { attributes: attributesOf(only), blocks: [] }, at: place },
      ];
    }),
  );
}

function attributesOf(value: unknown): Attribute[] {
  return membersOf(value).map(([name, one]) => ({ name, value: expressionOf(one), offset: 0 }));
}

/** Members that are not comments. */
function membersOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value).filter(([name]) => name !== '//') : [];
}

function providersOf(providers: unknown): Configuration['providers'] {
  const aws = isObject(providers) ? providers['aws'] : undefined;
  const each = [aws].flat().filter(isObject);
  return new Map(each.map((one) => providerOf({ attributes: attributesOf(one), blocks: [] })));
}

/** Strings are templates; everything else is a literal. */
function expressionOf(value: unknown): HclExpression {
  if (typeof value === 'string') return templateOf(value);
  if (Array.isArray(value)) return { kind: 'list', items: value.map(expressionOf) };
  if (isObject(value))
    return {
      kind: 'object',
      entries: Object.entries(value).map(([key, one]) => [templateOf(key), expressionOf(one)]),
    };
  const isLiteral = typeof value === 'number' || typeof value === 'boolean';
  return { kind: 'literal', value: isLiteral ? value : null };
}

function templateOf(text: string): HclExpression {
  try {
    return parseTemplate(new Cursor(text));
  } catch (error) {
    if (error instanceof SyntaxFault) return { kind: 'other', text };
    throw error;
  }
}
