import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A piece of text that a person reads, and where it stands. */
export interface Prose {
  /** `file:line`. */
  readonly place: string;
  /** On one line; code in backticks is `…`, and so is what a template fills in. */
  readonly text: string;
  /** The property that the text is the value of, such as `fix`; `comment` or `page` for those. */
  readonly kind: string;
}

/** The files below a folder whose name ends so. */
export function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** What the literals and comments of a TypeScript file say. */
export function proseOfSource(path: string): Prose[] {
  return [...commentsOf(path), ...literalsOf(path)];
}

/** The names of the tests of a file. */
export function testNamesOf(path: string): Prose[] {
  const found: Prose[] = [];
  const file = parse(path);
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTest(node.expression)) {
      const name = node.arguments.find(isText);
      if (name) found.push(proseAt(file, name, 'test name'));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The paragraphs of a page of Markdown or of a template, without blocks of code. */
export function proseOfPage(path: string, text = readFileSync(path, 'utf8')): Prose[] {
  const found: Prose[] = [];
  let fenced = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*```/.test(line)) fenced = !fenced;
    else if (!fenced)
      found.push({ place: `${path}:${index + 1}`, text: withoutCode(line), kind: 'page' });
  }
  return found;
}

/** Whether a call is `test(…)`, `describe(…)`, `test.each(…)(…)`, or one of this project's own of such a name. */
function isTest(called: ts.Expression): boolean {
  return /^(test|describe)/.test(called.getText());
}

function literalsOf(path: string): Prose[] {
  const found: Prose[] = [];
  const file = parse(path);
  const visit = (node: ts.Node, kind: string): void => {
    if (isText(node)) found.push(proseAt(file, node, kind));
    if (isCode(node)) return;
    const inner = ts.isPropertyAssignment(node) ? node.name.getText() : kind;
    ts.forEachChild(node, (child) => {
      visit(child, inner);
    });
  };
  visit(file, '');
  return found.filter(({ text }) => /[a-z…] \S/i.test(text));
}

/** What holds no prose: names of modules, members and cases, types, and texts of a tagged language. */
function isCode(node: ts.Node): boolean {
  return (
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isTypeNode(node) ||
    ts.isTaggedTemplateExpression(node) ||
    isQuotation(node)
  );
}

/** Whether this is a message of another program, which stands beside the pattern that recognizes it. */
function isQuotation(node: ts.Node): boolean {
  return (
    ts.isPropertyAssignment(node) &&
    node.name.getText() === 'text' &&
    ts.isObjectLiteralExpression(node.parent) &&
    node.parent.properties.some(({ name }) => name?.getText() === 'pattern')
  );
}

type Text = ts.StringLiteralLike | ts.TemplateExpression;

function isText(node: ts.Node): node is Text {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function proseAt(file: ts.SourceFile, node: Text, kind: string): Prose {
  const text = ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(({ literal }) => `…${literal.text}`)].join('')
    : node.text;
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return { place: `${file.fileName}:${line + 1}`, text: onOneLine(withoutCode(text)), kind };
}

/** Comments in a row are one. */
function commentsOf(path: string): Prose[] {
  const text = readFileSync(path, 'utf8');
  const found: Prose[] = [];
  const blocks = /^ *\/\*\*?[^]*?\*\/|(?:^ *\/\/.*\n)+/gm;
  for (const { 0: comment, index } of text.matchAll(blocks)) {
    const line = text.slice(0, index).split('\n').length;
    const words = comment.replace(/^ *(\/\*\*?|\*\/|\*|\/\/) ?|\*\/$/gm, '');
    found.push({
      place: `${path}:${line}`,
      text: onOneLine(withoutCode(words)),
      kind: 'comment',
    });
  }
  return found;
}

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
}

function withoutCode(text: string): string {
  return text.replace(/`[^`\n]+`/g, '…');
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
