import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';

/** The escaping helpers, one per language; `src/render/template.ts` implements them. */
const ESCAPES = [
  'ts',
  'hcl',
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
  if (ast.body.every(({ type }) => type === 'ContentStatement')) {
    const text = ast.body.map(({ value }) => value).join('');
    return `import { constantTemplate } from ${JSON.stringify(runtime)};
export default constantTemplate(${JSON.stringify(text)}, '${blobId(text)}');
`;
  }
  const spec = Handlebars.precompile(ast, {
    noEscape: true,
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries([...ESCAPES, ...BLOCKS].map((helper) => [helper, true])),
  });
  return `import { template } from ${JSON.stringify(runtime)};\nexport default template(${spec});\n`;
}

/** The id that git gives to a file of this content. */
function blobId(text) {
  const bytes = Buffer.from(text);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
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
