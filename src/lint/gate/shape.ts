import * as v from 'valibot';
import { shown } from '../../text/flaw.ts';
import { ProblemError, type Problem } from '../../text/problem.ts';

/** Turns the path of a value, such as `suppressions`, `0`, `role`, into a place that a person finds. */
export type Locate = (path: readonly (string | number)[]) => string;

/** What a value is once it has a shape. @throws {ProblemError} with everything that is otherwise */
export function shaped<S extends v.GenericSchema>(
  schema: S,
  content: unknown,
  locate: Locate,
): v.InferOutput<S> {
  const result = v.safeParse(schema, content);
  if (result.success) return result.output;
  throw new ProblemError(result.issues.map((issue) => problemOf(issue, locate)));
}

function problemOf(issue: v.BaseIssue<unknown>, locate: Locate): Problem {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const where = locate(path);
  if (path.length === 0) return { where, what: 'the file does not fit', fix: issue.message };
  const key = shown(String(path.at(-1)));
  if (issue.type === 'strict_object' && issue.expected === 'never')
    return { where, what: `there is no field ${key}`, fix: 'Remove it' };
  if (issue.received === 'undefined') return { where, what: `${key} is missing`, fix: 'Add it' };
  return { where, what: `${key} does not fit`, fix: issue.message };
}
