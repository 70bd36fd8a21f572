import type { JsonObject } from '../../../../text/json-object.ts';
import type { Body } from '../../hcl/syntax.ts';
import { Undetermined } from '../../undetermined.ts';
import { listOf } from '../../values.ts';
import { argumentsOf, textIn } from '../configuration.ts';
import type { Evaluator, LoopNames } from '../evaluate/evaluator.ts';
import { itemsOf } from '../evaluate/values.ts';

/** The arguments of a block, with each kind of nested block as a list. */
export function valuesOf(body: Body, names: LoopNames, evaluator: Evaluator): JsonObject {
  const values: Record<string, unknown> = {};
  for (const { name, value } of body.attributes) values[name] = evaluator.value(value, names);
  for (const { type, labels, body: inner } of body.blocks) {
    const isDynamic = type === 'dynamic';
    const name = isDynamic ? (labels[0] ?? '') : type;
    const own = isDynamic
      ? dynamicBlocks(name, inner, names, evaluator)
      : [valuesOf(inner, names, evaluator)];
    values[name] = [...listOf(values[name]), ...own];
  }
  return values;
}

/** What a `dynamic` block makes of each item. */
function dynamicBlocks(
  name: string,
  body: Body,
  names: LoopNames,
  evaluator: Evaluator,
): readonly unknown[] {
  const given = argumentsOf(body);
  const [forEach, iterator] = [given.get('for_each'), given.get('iterator')];
  const content = body.blocks.find(({ type }) => type === 'content')?.body;
  const value = forEach && evaluator.value(forEach, names);
  if (value instanceof Undetermined) return [value];
  const items = itemsOf(value);
  if (!items || !content) return [new Undetermined('a dynamic block makes it')];
  // In JSON it is a text.
  const called = iterator?.kind === 'reference' ? iterator.name : (textIn(iterator) ?? name);
  return items.map(([key, one]) =>
    valuesOf(content, new Map(names).set(called, { key, value: one }), evaluator),
  );
}
