import { expect, test } from '@jest/globals';
import { toJsonSchema } from '@valibot/to-json-schema';
import { answersJsonSchema } from '../../src/repository/json-schema.ts';
import { AnswersSchema, SCHEMA_PARTS } from '../../src/answers/schema.ts';

test('the JSON Schema for editors is the schema that answers are checked against, as a library converts it', () => {
  const schema = {
    title: 'Answers of create-gitlab-aws-oidc',
    ...toJsonSchema(AnswersSchema, { definitions: SCHEMA_PARTS }),
  };
  expect(answersJsonSchema()).toBe(`${JSON.stringify(schema, null, 2)}\n`);
});
