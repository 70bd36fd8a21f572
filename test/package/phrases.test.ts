import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import ts from 'typescript';

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));

/** The parts that decide about access; words are made where they are shown. */
const DECIDING = ['access', 'audit', 'blueprint', 'compare', 'doctor', 'explain', 'lint'];

const EQUALITY = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);
const LOOKUPS = new Set(['includes', 'startsWith', 'endsWith', 'indexOf', 'has']);

/** Two words with a space between them: something that a person reads. */
function isPhrase(node: ts.Node | undefined): boolean {
  return node !== undefined && ts.isStringLiteralLike(node) && /[a-z] [a-z]/.test(node.text);
}

/** Whether code depends on the wording of a phrase. */
function comparesPhrase(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node) && EQUALITY.has(node.operatorToken.kind)) {
    return isPhrase(node.left) || isPhrase(node.right);
  }
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    LOOKUPS.has(node.expression.name.text) &&
    isPhrase(node.arguments[0])
  );
}

function comparisonsIn(path: string): string[] {
  const text = readFileSync(join(SOURCE, path), 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (comparesPhrase(node)) found.push(`${path}: ${node.getText(source)}`);
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

test('no code that decides about access compares a phrase that people read', () => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && DECIDING.some((part) => path.startsWith(`${part}/`)),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap(comparisonsIn)).toEqual([]);
});
