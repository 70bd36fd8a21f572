import type { ComparedReport } from '../../audit/map/changes.ts';
import type { AuditReport } from '../../audit/report.ts';
import { jsonText } from '../../text/json-text.ts';
import { codeQuality } from './code-quality.ts';
import { csv } from './csv.ts';
import { markdown } from './markdown.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

/** Writes a report; a promise where what writes it is loaded first. */
type Format = (
  report: AuditReport,
  earlier: ComparedReport | undefined,
) => string | Promise<string>;

/** Every format of a report, by the name that `--format` gives it. */
export const FORMATS: Readonly<Record<string, Format>> = {
  text,
  json: (report) => `${jsonText(report)}\n`,
  csv,
  sarif,
  codequality: codeQuality,
  markdown,
  html: async (report, earlier) => {
    const { mapPage } = await import('../../audit/map/map-page.ts');
    return mapPage(report, earlier);
  },
};
