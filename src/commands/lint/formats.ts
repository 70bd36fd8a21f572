import { formatNamed } from '../../terminal/format-named.ts';
import { codeQuality } from './code-quality.ts';
import { json } from './json.ts';
import type { LintResult } from './result.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

const FORMATS: Readonly<Record<string, (result: LintResult) => string>> = {
  text,
  json,
  sarif,
  codequality: codeQuality,
};

/** @throws {ProblemError} for a format there is not */
export function lintReport(format: string, result: LintResult): string {
  return formatNamed(FORMATS, format)(result);
}
