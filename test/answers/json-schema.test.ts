import { expect, test } from '@jest/globals';
import { toJsonSchema } from '@valibot/to-json-schema';
import { readFileSync, writeFileSync } from 'node:fs';
import { AnswersSchema, SCHEMA_PARTS } from '../../src/answers/schema.ts';

const FILE = 'templates/answers/gitlab-aws-oidc.schema.json.hbs';

test('the JSON Schema for editors is the schema that answers are checked against', () => {
  const schema = {
    title: 'Answers of create-gitlab-aws-oidc',
    ...toJsonSchema(AnswersSchema, { definitions: SCHEMA_PARTS }),
  };
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  if (process.env['UPDATE_SCHEMA']) writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
});
