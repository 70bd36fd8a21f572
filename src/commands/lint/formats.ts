import { formatNamed } from '../../terminal/format-named.ts';
import { codeQuality } from './code-quality.ts';
import { json } from './json.ts';
import type { LintResult } from './result.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

/** Each writes a report in pieces, where it may be long. */
const FORMATS: Readonly<Record<string, (result: LintResult) => Iterable<string>>> = {
  text,
  json: (result) => [json(result)],
  sarif: (result) => [sarif(result)],
  codequality: (result) => [codeQuality(result)],
};

/** @throws {ProblemError} for a format there is not */
export function lintReport(format: string, result: LintResult): Iterable<string> {
  return formatNamed(FORMATS, format)(result);
}
