import type { AuditReport } from '../../audit/report.ts';
import { jsonText } from '../../text/json-text.ts';
import { codeQuality } from './code-quality.ts';
import { csv } from './csv.ts';
import { markdown } from './markdown.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

/** Every format of a report, by the name that `--format` gives it. */
export const FORMATS: Readonly<Record<string, (report: AuditReport) => string>> = {
  text,
  json: (report) => `${jsonText(report)}\n`,
  csv,
  sarif,
  'code-quality': codeQuality,
  codequality: codeQuality,
  markdown,
};
