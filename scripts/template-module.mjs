import Handlebars from 'handlebars';

/** The escaping helpers, one per language; `src/render/template/template.ts` implements them. */
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
 * Compiles a template in the language of Handlebars to the text of an ES module whose default export renders it. Of that
 * language, only what the templates need is known: values, options, comments, `if`, `unless` and `each`.
 * Refuses a template in which a value reaches the text without an escaping helper.
 *
 * @param {string} source the template
 * @param {string} name its path, for errors
 * @param {string} runtime import specifier of `src/render/template/template.ts`
 */
export function templateModule(source, name, runtime) {
  return moduleOf(JSON.stringify(programOf(source, name)), runtime);
}

/** That module, for an expression whose value is the template's data. */
export function moduleOf(program, runtime) {
  return `import { template } from ${JSON.stringify(runtime)};\nexport default template(() => ${program});\n`;
}

/** The data that `src/render/template/program.ts` renders. */
export function programOf(source, name) {
  const ast = Handlebars.parse(source, { srcName: name });
  new EscapeCheck(name).accept(ast);
  return new Compiler(name).program(ast);
}

/** Makes the data that `src/render/template/program.ts` renders. */
class Compiler {
  constructor(name) {
    this.name = name;
  }

  program({ body, blockParams }) {
    const first = body[0];
    if (blockParams?.length > 0) this.refuse('names for an item', first);
    return body.flatMap((node) => this.node(node));
  }

  node(node) {
    switch (node.type) {
      case 'ContentStatement':
        return node.value === '' ? [] : [node.value];
      case 'CommentStatement':
        return [];
      case 'MustacheStatement':
        return [this.value(node)];
      case 'BlockStatement':
        return [this.block(node)];
      default:
        return this.refuse(node.type, node);
    }
  }

  value(node) {
    const pairs = (node.hash?.pairs ?? []).map(({ key, value }) => [key, this.option(value)]);
    return [
      node.path.original,
      this.onlyParameter(node),
      ...(pairs.length > 0 ? [Object.fromEntries(pairs)] : []),
    ];
  }

  block(node) {
    if (!BLOCKS.includes(node.path.original)) this.refuse(node.path.original, node);
    if (node.hash?.pairs.length > 0) this.refuse('an option of a block', node);
    return [
      node.path.original,
      this.onlyParameter(node),
      node.program ? this.program(node.program) : [],
      ...(node.inverse ? [this.program(node.inverse)] : []),
    ];
  }

  option(value) {
    if (['NumberLiteral', 'BooleanLiteral'].includes(value.type)) return value.value;
    return this.path(value);
  }

  onlyParameter(node) {
    if (node.params.length !== 1) this.refuse(`${node.params.length} parameters`, node);
    return this.path(node.params[0]);
  }

  path(node) {
    if (node.type !== 'PathExpression') this.refuse(node.type, node);
    const { data, depth, parts, original } = node;
    if (data) return original === '@first' ? original : this.refuse(original, node);
    return depth === 0 && parts.length === 1 ? parts[0] : [depth, ...parts];
  }

  refuse(what, node) {
    throw new Error(`${this.name}:${node.loc.start.line}: templates do not have ${what}`);
  }
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
