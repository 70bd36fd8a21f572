import { cloudFormation } from '../escape/cloudformation.ts';
import { yaml } from '../escape/gitlab-ci.ts';
import { hcl, hclAttributes } from '../escape/hcl.ts';
import { code, markdown, mermaid } from '../escape/markdown.ts';
import { shellWord } from '../../text/shell-word.ts';
import { typescript } from '../escape/typescript.ts';
import type { Printable, PrintableObject } from '../expression.ts';
import { type Helpers, type Options, type Program, rendered } from './program.ts';

/** Text that a template has rendered already, to stand in another one of the same language. */
export class Rendered {
  constructor(readonly text: string) {}
}

/** One helper for each language that a value can land in; a template without one is refused when it is compiled. */
const helpers: Helpers = {
  ts: (value: Printable, options) => typescript(value, indentOf(options), columnOf(options)),
  hcl: (value: Printable, options) => hcl(value, indentOf(options)),
  hclAttributes: (attributes: PrintableObject, options) =>
    hclAttributes(attributes, indentOf(options)),
  cfn: (value: Printable, options) => cloudFormation(value, indentOf(options)),
  json: (value: unknown) => JSON.stringify(value),
  yaml,
  markdown,
  code: (text: string, { cell }) => code(text, typeof cell === 'boolean' ? cell : undefined),
  mermaid,
  sh: shellWord,
  identifier,
  include,
};

const indentOf = ({ indent }: Options) => (typeof indent === 'number' ? indent : 0);
const columnOf = (options: Options) =>
  typeof options['column'] === 'number' ? options['column'] : indentOf(options);

/** A name of our own making, which needs no escape in any language. */
function identifier(name: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(name))
    throw new Error(`${JSON.stringify(name)} is not an identifier`);
  return name;
}

function include(part: unknown): string {
  if (part instanceof Rendered) return part.text;
  throw new Error('only what a template has rendered is included as it is');
}

/**
 * Makes the function that renders a template.
 *
 * @param program is not made before it is needed
 */
export function template(program: () => Program): (view: unknown) => string {
  let made: Program | undefined;
  return (view) => rendered((made ??= program()), helpers, view);
}
