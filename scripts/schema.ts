import { toJsonSchema } from '@valibot/to-json-schema';
import { writeFileSync } from 'node:fs';
import { AnswersSchema } from '../src/answers/schema.ts';

const schema = { title: 'Answers of create-gitlab-aws-oidc', ...toJsonSchema(AnswersSchema) };
writeFileSync(
  'templates/answers/gitlab-aws-oidc.schema.json.hbs',
  `${JSON.stringify(schema, null, 2)}\n`,
);
