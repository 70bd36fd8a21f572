/** The answers file's name in a generated repository. */
export const ANSWERS_FILE = 'gitlab-aws-oidc.yaml';
/** The name of the JSON Schema beside it, which editors find by the file's first line. */
export const SCHEMA_FILE = 'gitlab-aws-oidc.schema.json';
