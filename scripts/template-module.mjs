import Handlebars from 'handlebars';

/** The escaping helpers, one per language; `src/render/template.ts` implements them. */
const ESCAPES = [
  'ts',
  'hcl',
  'hclAttributes',
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
  return `import { template } from ${JSON.stringify(runtime)};\nexport default template(${leaner(spec)});\n`;
}

/**
 * Leaves out of a compiled template what the runtime that comes with it never reads: a second way to look up a property,
 * in each of its functions, and the place of each helper's call.
 *
 * @param {string} spec
 */
function leaner(spec) {
  return spec
    .replace(
      /container\.lookupProperty \|\| function\([^]*?return undefined\s*\}/g,
      'container.lookupProperty',
    )
    .replace(/,"loc":\{(?:"source":"[^"]*",)?"start":\{[^{}]*\},"end":\{[^{}]*\}\}(?=\})/g, '');
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
