import { yamlText } from './yaml/yaml-of.ts';
import { SCHEMA_FILE } from './file-names.ts';
import type { Answers } from './schema.ts';

const HEADER = `# yaml-language-server: $schema=./${SCHEMA_FILE}
# Who may assume which role. The rest of this repository follows from it.
`;

/** The text of `gitlab-aws-oidc.yaml`; reading it back gives the same answers. */
export function answersText(answers: Answers): string {
  return HEADER + yamlText(answers);
}
