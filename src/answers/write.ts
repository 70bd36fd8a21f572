import { Document, Scalar, visit } from 'yaml';
import { hasUnprintable, visible } from '../text/unprintable.ts';
import { SCHEMA_FILE } from './file-names.ts';
import type { Answers } from './schema.ts';

const HEADER = `# yaml-language-server: $schema=./${SCHEMA_FILE}
# Who may assume which role. The rest of this repository follows from it.
`;

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
      // What YAML takes only as escapes is among it; and the library's own block of lines loses blanks at its beginning.
      if (hasUnprintable(node.value)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0 }).split('\n').map(visible).join('\n');
}
