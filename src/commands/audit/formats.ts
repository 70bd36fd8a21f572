import type { ComparedReport } from '../../audit/map/changes.ts';
import type { AuditReport } from '../../audit/report.ts';
import { fitted } from '../../terminal/output.ts';
import { jsonLines } from '../../text/json-pieces.ts';
import { codeQuality } from './code-quality.ts';
import { csv } from './csv.ts';
import { markdown } from './markdown.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

/** Writes a report, in pieces where it may be long; a promise where what writes it is loaded first. */
type Format = (
  report: AuditReport,
  earlier: ComparedReport | undefined,
) => Iterable<string> | Promise<Iterable<string>>;

/** Every format of a report, by the name that `--format` gives it. */
export const FORMATS: Readonly<Record<string, Format>> = {
  text: (report) => [fitted(text(report))],
  json: jsonLines,
  csv,
  sarif,
  codequality: codeQuality,
  markdown: (report) => [markdown(report)],
  html: async (report, earlier) => {
    const { mapPage } = await import('../../audit/map/map-page.ts');
    return [mapPage(report, earlier)];
  },
};
