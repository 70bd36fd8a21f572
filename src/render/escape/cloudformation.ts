import { Expression, type Printable } from '../expression.ts';
import { isList, isScalar } from './typescript.ts';
import { yaml } from './gitlab-ci.ts';

/**
 * A value of a CloudFormation template, as YAML in blocks.
 *
 * @param indent spaces before each line; those before the first are there already
 */
export function cloudFormation(value: Printable, indent = 0): string {
  if (typeof value === 'string') return yaml(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (value instanceof Expression) return value.cfn;
  const newLine = `\n${' '.repeat(indent)}`;
  if (isList(value)) {
    if (value.length === 0) return '[]';
    return value.map((item) => `- ${cloudFormation(item, indent + 2)}`).join(newLine);
  }
  const entries = Object.entries(value).flatMap(([key, item]) =>
    item === undefined ? [] : [`${yaml(key)}:${after(item, indent)}`],
  );
  return entries.length === 0 ? '{}' : entries.join(newLine);
}

/** A value behind its key: on the same line, or below it. */
function after(value: Printable, indent: number): string {
  const text = cloudFormation(value, indent + 2);
  const isBelow = !isScalar(value) && !['[]', '{}'].includes(text);
  return isBelow ? `\n${' '.repeat(indent + 2)}${text}` : ` ${text}`;
}
