import type { AuditReport } from '../report.ts';
import type { ComparedReport } from './changes.ts';
import { dataOf } from './data-of.ts';
import { jsonForScript } from './embed.ts';
import { pack } from './pack.ts';
import page from './page.html';

/** The access map: one HTML file that loads nothing, and runs only the script that this program was built with. */
export function mapPage(report: AuditReport, earlier?: ComparedReport): string {
  return page.before + jsonForScript(pack(dataOf(report, earlier))) + page.after;
}
