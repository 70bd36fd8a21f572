import Handlebars from 'handlebars/dist/cjs/handlebars.runtime.js';
import { yaml } from './escape/gitlab-ci.ts';
import { hcl, hclAttributes } from './escape/hcl.ts';
import { code, markdown, mermaid } from './escape/markdown.ts';
import { shellWord } from '../text/shell-word.ts';
import { typescript } from './escape/typescript.ts';
import type { Printable, PrintableObject } from './expression.ts';

const handlebars = Handlebars.create();

/** Text that a template has rendered already, to stand in another one of the same language. */
export class Rendered {
  constructor(readonly text: string) {}
}

/** One helper for each language that a value can land in; a template without one is refused when it is compiled. */
const helpers = {
  ts: (value: Printable, options: HelperOptions) =>
    typescript(value, indentOf(options), columnOf(options)),
  hcl: (value: Printable, options: HelperOptions) => hcl(value, indentOf(options)),
  hclAttributes: (attributes: PrintableObject, options: HelperOptions) =>
    hclAttributes(attributes, indentOf(options)),
  json: (value: unknown) => JSON.stringify(value),
  yaml,
  markdown,
  code: (text: string, { hash }: HelperOptions) => code(text, hash.cell),
  mermaid,
  sh: shellWord,
  identifier,
  include,
};

interface HelperOptions {
  readonly hash: { readonly indent?: number; readonly column?: number; readonly cell?: boolean };
}

const indentOf = ({ hash }: HelperOptions) => hash.indent ?? 0;
const columnOf = ({ hash }: HelperOptions) => hash.column ?? indentOf({ hash });

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

for (const [name, helper] of Object.entries(helpers)) handlebars.registerHelper(name, helper);

/** Makes the function that renders a precompiled template. */
export function template(specification: TemplateSpecification): (view: unknown) => string {
  return handlebars.template(specification);
}
