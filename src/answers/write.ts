import { Document, Scalar, visit } from 'yaml';
import { SCHEMA_FILE } from './file-names.ts';
import type { Answers } from './schema.ts';

const HEADER = `# yaml-language-server: $schema=./${SCHEMA_FILE}
# Who may assume which role. The rest of this repository follows from it.
`;

/** Characters that YAML takes only as escapes; git allows some of them in a branch name. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

/** The text of `gitlab-aws-oidc.yaml`; reading it back gives the same answers. */
export function answersText(answers: Answers): string {
  return HEADER + yamlText(yamlDocument(answers));
}

/** A document of plain data, to be written by {@link yamlText}. */
export function yamlDocument(value: unknown): Document {
  return new Document(value, { compat: 'yaml-1.1', aliasDuplicateObjects: false });
}

/** YAML that every reader, old or new, reads back as the same data. */
export function yamlText(document: Document): string {
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value !== 'string') return;
      // The library's own choice for lines, a block, loses a line of blanks at its beginning.
      const ownChoice = node.type === undefined;
      if (node.value.search(UNPRINTABLE) >= 0 || (ownChoice && node.value.includes('\n'))) {
        node.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  return document.toString({ lineWidth: 0 }).replace(UNPRINTABLE, escape);
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
