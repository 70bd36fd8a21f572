import type { Attribute } from '../hcl/syntax.ts';
import type { Reader } from '../reader.ts';
import type { JsonPath } from '../text/parse-json.ts';
import { type JsonObject, isObject } from '../../../text/json-object.ts';
import { addressOf, configurationOf, type PlacedBlock } from './configuration.ts';
import { Budget } from './evaluate/budget.ts';
import { expressionOf, typeOf } from './json-expression.ts';
import { NO_MODULES } from './module/modules.ts';
import { readConfiguration } from './read-configuration.ts';

/**
 * Terraform's JSON syntax, such as the `cdk.tf.json` that CDKTF writes to `cdktf.out/stacks`.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export const jsonConfiguration: Reader = {
  recognizes: isJsonConfiguration,
  read: (value, at, into) => {
    const blocks = blocksOfJson(value, at);
    for (const block of blocks.filter(({ isOdd }) => isOdd))
      into.unreadable(
        block.at,
        `${addressOf(block)} is not one object`,
        'Write its arguments as an object',
      );
    readConfiguration(configurationOf(blocks.filter(({ isOdd }) => !isOdd)), into, {
      folder: undefined,
      modules: NO_MODULES,
      budget: new Budget(),
    });
  },
};

function isJsonConfiguration(value: JsonObject): boolean {
  return (
    isObject(value['resource']) ||
    (isObject(value['terraform']) &&
      ['provider', 'data', 'module'].some((name) => isObject(value[name])))
  );
}

/** A block as JSON has it, and whether it is there in another form than an object. */
export interface JsonBlock extends PlacedBlock {
  readonly at: JsonPath;
  readonly isOdd: boolean;
}

/** The blocks that a JSON document stands for. */
export function blocksOfJson(value: JsonObject, at: JsonPath): JsonBlock[] {
  const ofTypes = (type: string) =>
    membersOf(value[type]).flatMap(([kind, named]) =>
      membersOf(named).map(([name, body]) =>
        blockOf(type, [kind, name], body, [...at, type, kind, name]),
      ),
    );
  const ofNames = (type: string) =>
    membersOf(value[type]).map(([name, body]) => blockOf(type, [name], body, [...at, type, name]));
  return [
    ...ofTypes('resource'),
    ...ofTypes('data'),
    ...ofNames('module'),
    ...ofNames('variable'),
    ...ofNames('output'),
    ...membersOf(value['provider']).flatMap(([name, bodies]) =>
      [bodies].flat().map((body) => blockOf('provider', [name], body, [...at, 'provider', name])),
    ),
    ...(isObject(value['locals'])
      ? [blockOf('locals', [], value['locals'], [...at, 'locals'])]
      : []),
  ];
}

function blockOf(
  type: string,
  labels: readonly string[],
  written: unknown,
  at: JsonPath,
): JsonBlock {
  const each: readonly unknown[] = Array.isArray(written) ? written : [written];
  const [only, ...others] = each;
  return {
    type,
    labels,
    body: { attributes: attributesOf(only, type), blocks: [] },
    offset: 0,
    at,
    isOdd: !isObject(only) || others.length > 0,
  };
}

function attributesOf(value: unknown, block: string): Attribute[] {
  return membersOf(value).map(([name, one]) => ({
    name,
    value: block === 'variable' && name === 'type' ? typeOf(one) : expressionOf(one),
    offset: 0,
  }));
}

/** Members that are not comments. */
function membersOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value).filter(([name]) => name !== '//') : [];
}
