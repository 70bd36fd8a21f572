import type * as v from 'valibot';
import { jsonText } from '../text/json-text.ts';
import { AnswersSchema, SCHEMA_PARTS } from '../answers/schema.ts';

type Schema =
  | v.ArraySchema<v.GenericSchema, undefined>
  | v.BooleanSchema<undefined>
  | v.LiteralSchema<string | number | boolean, undefined>
  | v.NumberSchema<undefined>
  | v.OptionalSchema<v.GenericSchema, undefined>
  | v.PicklistSchema<readonly string[], undefined>
  | v.RecordSchema<v.GenericSchema<string>, v.GenericSchema, undefined>
  | v.StrictObjectSchema<v.ObjectEntries, undefined>
  | v.StringSchema<undefined>
  | v.UnionSchema<v.GenericSchema[], undefined>
  | v.UnknownSchema
  | { readonly type: 'variant'; readonly options: v.GenericSchema[] };

type PipeAction =
  | v.DescriptionAction<unknown, string>
  | v.IntegerAction<number, undefined>
  | v.MaxLengthAction<unknown[], number, undefined>
  | v.MaxValueAction<number, number, undefined>
  | v.MinLengthAction<unknown[], number, undefined>
  | v.MinValueAction<number, number, undefined>;

type JsonSchema = Readonly<Record<string, unknown>>;

const PARTS = new Map<v.GenericSchema, string>(
  Object.entries(SCHEMA_PARTS).map(([name, part]) => [part, name]),
);

/** The JSON Schema of the answers file, by which an editor completes it: what it is checked against, in the words of others. */
export function answersJsonSchema(): string {
  const parts = Object.entries(SCHEMA_PARTS).map(([name, part]) => [name, written(part)]);
  const text = jsonText({
    title: 'Answers of create-gitlab-aws-oidc',
    ...written(AnswersSchema),
    $schema: 'http://json-schema.org/draft-07/schema#',
    $defs: Object.fromEntries(parts) as JsonSchema,
  });
  return `${text}\n`;
}

function jsonSchemaOf(schema: v.GenericSchema): JsonSchema {
  const part = PARTS.get(schema);
  return part === undefined ? written(schema) : { $ref: `#/$defs/${part}` };
}

function written(schema: v.GenericSchema): JsonSchema {
  const [, ...actions] = 'pipe' in schema ? (schema.pipe as [Schema, ...PipeAction[]]) : [];
  return Object.assign({}, shapeOf(schema as Schema), ...actions.map(limitOf)) as JsonSchema;
}

function shapeOf(schema: Schema): JsonSchema {
  switch (schema.type) {
    case 'array':
      return { type: 'array', items: jsonSchemaOf(schema.item) };
    case 'literal':
      return { const: schema.literal };
    case 'optional':
      return jsonSchemaOf(schema.wrapped);
    case 'picklist':
      return { enum: schema.options, type: 'string' };
    case 'record':
      return {
        type: 'object',
        propertyNames: jsonSchemaOf(schema.key),
        additionalProperties: jsonSchemaOf(schema.value),
      };
    case 'strict_object':
      return objectOf(Object.entries(schema.entries));
    case 'union':
      return { anyOf: schema.options.map(jsonSchemaOf) };
    case 'variant':
      return { oneOf: schema.options.map(jsonSchemaOf) };
    case 'unknown':
      return {};
    case 'boolean':
    case 'number':
    case 'string':
      return { type: schema.type };
  }
}

function objectOf(entries: readonly [string, v.GenericSchema][]): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([key, entry]) => [key, jsonSchemaOf(entry)])),
    required: entries.filter(([, { type }]) => type !== 'optional').map(([key]) => key),
    additionalProperties: false,
  };
}

function limitOf(action: PipeAction): JsonSchema {
  switch (action.type) {
    case 'description':
      return { description: action.description };
    case 'integer':
      return { type: 'integer' };
    case 'max_length':
      return { maxItems: action.requirement };
    case 'max_value':
      return { maximum: action.requirement };
    case 'min_length':
      return { minItems: action.requirement };
    case 'min_value':
      return { minimum: action.requirement };
  }
}
