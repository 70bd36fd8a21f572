import type { Attribute } from '../hcl/syntax.ts';
import type { Reader } from '../reader.ts';
import type { JsonPath } from '../text/parse-json.ts';
import { type JsonObject, isObject } from '../../../text/json-object.ts';
import { configurationOf, type PlacedBlock } from './configuration.ts';
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
    for (const place of blocks.flatMap(({ odd }) => odd)) into.unreadable(place, ...NOT_A_BLOCK);
    readConfiguration(configurationOf(blocks.filter(isWhole)), into, {
      folder: undefined,
      modules: NO_MODULES,
      budget: new Budget(),
    });
  },
};

function isJsonConfiguration(value: JsonObject): boolean {
  const hasBlocks = (name: string) => isObject([value[name]].flat()[0]);
  return (
    isObject(value['resource']) ||
    (hasBlocks('terraform') && ['provider', 'data', 'module', 'resource'].some(hasBlocks))
  );
}

/** What is wrong in the place of a block, and what to do. */
export const NOT_A_BLOCK = [
  'This is not an object',
  'Write a block as an object, or several as a list of objects',
] as const;

/** A block as JSON has it, and where in it something else stands in the place of a block. */
export interface JsonBlock extends PlacedBlock {
  readonly at: JsonPath;
  readonly odd: readonly JsonPath[];
}

/** Of any other block it is not known what Terraform makes. */
export function isWhole({ odd }: JsonBlock): boolean {
  return odd.length === 0;
}

/** The blocks that are read, and how many labels each has. */
const LABELS = { resource: 2, data: 2, module: 1, variable: 1, output: 1, provider: 1, locals: 0 };
/** Blocks inside of IAM's resources, and their labels. In JSON, only its name tells a block from an argument. */
const NESTED: ReadonlyMap<string, number> = new Map([
  ['dynamic', 1],
  ...['content', 'statement', 'principals', 'not_principals', 'condition', 'inline_policy'].map(
    (name) => [name, 0] as const,
  ),
]);

/**
 * The blocks that a JSON document stands for: for each label and for the body, it has an object or a list of objects.
 *
 * @see https://github.com/hashicorp/hcl/blob/main/json/spec.md
 */
export function blocksOfJson(document: unknown, at: JsonPath): JsonBlock[] {
  return eachOf(document, at).flatMap(([value, place]) =>
    isObject(value)
      ? Object.entries(LABELS).flatMap(([type, count]) =>
          blocksUnder(type, count, [], value[type], [...place, type]),
        )
      : blockOf('', [], value, place),
  );
}

/** @param missing how many labels are still to come */
function blocksUnder(
  type: string,
  missing: number,
  labels: readonly string[],
  written: unknown,
  at: JsonPath,
): JsonBlock[] {
  const each = eachOf(written ?? [], at);
  // An empty list makes no resource, which is hardly meant.
  if (each.length === 0 && labels.length > 1) return [blockOf(type, labels, written, at)];
  return each.flatMap(([one, place]) =>
    missing > 0 && isObject(one)
      ? membersOf(one).flatMap(([name, inner]) =>
          blocksUnder(type, missing - 1, [...labels, name], inner, [...place, name]),
        )
      : blockOf(type, labels, one, place),
  );
}

function eachOf(written: unknown, at: JsonPath): (readonly [unknown, JsonPath])[] {
  return Array.isArray(written)
    ? written.map((one: unknown, index) => [one, [...at, index]])
    : [[written, at]];
}

function blockOf(
  type: string,
  labels: readonly string[],
  written: unknown,
  at: JsonPath,
): JsonBlock {
  const isOfIam = NESTED.has(type) || labels[0]?.startsWith('aws_iam_') === true;
  const attributes: Attribute[] = [];
  const blocks: JsonBlock[] = [];
  for (const [name, one] of membersOf(written)) {
    const count = isOfIam ? NESTED.get(name) : undefined;
    // The provider has inline policies as an argument too, whose value may be an expression.
    if (count === undefined || (name === 'inline_policy' && typeof one === 'string'))
      attributes.push({
        name,
        value: type === 'variable' && name === 'type' ? typeOf(one) : expressionOf(one),
        offset: 0,
      });
    else blocks.push(...blocksUnder(name, count, [], one, [...at, name]));
  }
  const odd = [...(isObject(written) ? [] : [at]), ...blocks.flatMap((block) => block.odd)];
  return { type, labels, body: { attributes, blocks }, offset: 0, at, odd };
}

/** Members that are not comments. */
function membersOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value).filter(([name]) => name !== '//') : [];
}
