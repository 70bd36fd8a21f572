import Handlebars from 'handlebars';

/** The escaping helpers, one per language; `src/render/template.ts` implements them. */
const ESCAPES = [
  'ts',
  'hcl',
  'hclAttributes',
  'cfn',
  'json',
  'yaml',
  'markdown',
  'code',
  'mermaid',
  'sh',
  'identifier',
  'include',
];
const BLOCKS = ['if', 'unless', 'each'];

/**
 * Compiles a Handlebars template to the text of an ES module whose default export renders it.
 * Refuses a template in which a value reaches the text without an escaping helper.
 *
 * @param {string} source the template
 * @param {string} name its path, for errors
 * @param {string} runtime import specifier of `src/render/template.ts`
 */
export function templateModule(source, name, runtime) {
  const ast = Handlebars.parse(source, { srcName: name });
  new EscapeCheck(name).accept(ast);
  const spec = Handlebars.precompile(ast, {
    noEscape: true,
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries([...ESCAPES, ...BLOCKS].map((helper) => [helper, true])),
  });
  return `import { template } from ${JSON.stringify(runtime)};\nexport default template(${smaller(spec)});\n`;
}

/**
 * Leaves out what no helper reads, and what no helper needs since each returns text: where a call stands in the template,
 * its name, and a stand-in for a function that the runtime has. Quotes inside strings are escaped, so none of it is text of
 * the template.
 *
 * @param {string} spec
 */
function smaller(spec) {
  return spec
    .replace(
      /,"loc":\{"source":"[^"]*","start":\{"line":\d+,"column":\d+\},"end":\{"line":\d+,"column":\d+\}\}/g,
      '',
    )
    .replace(/\{"name":"\w+","hash":(\{[^{}]*\}),"data":data\}/g, '{"hash":$1}')
    .replaceAll('((stack1 = ', '(')
    .replaceAll(') != null ? stack1 : "")', ')')
    .replace(
      /container\.lookupProperty \|\| function\(parent, propertyName\) \{\s+if \(Object\.prototype\.hasOwnProperty\.call\(parent, propertyName\)\) \{\s+return parent\[propertyName\];\s+\}\s+return undefined\s+\}/g,
      'container.lookupProperty',
    );
}

class EscapeCheck extends Handlebars.Visitor {
  constructor(name) {
    super();
    this.name = name;
  }

  MustacheStatement(mustache) {
    this.refuseUnless(ESCAPES.includes(mustache.path.original), mustache);
  }

  PartialStatement(partial) {
    this.refuseUnless(false, partial);
  }

  refuseUnless(allowed, node) {
    if (allowed) return;
    const shown = node.path?.original ?? node.name?.original;
    throw new Error(
      `${this.name}:${node.loc.start.line}: {{${shown}}} would reach the text unescaped; name its language: ${ESCAPES.map((e) => `{{${e} …}}`).join(', ')}`,
    );
  }
}
