import { columnsOf, linesOf, styled } from '../../terminal/output.ts';
import { curlCommand } from '../../gitlab/settings/setting.ts';
import type { Findings } from '../../gitlab/settings/findings.ts';
import { visible } from '../../text/unprintable.ts';

/** What the summary ends with: what is left to set in GitLab, and what could not be checked. */
export function findingsText({ toSet, unchecked }: Findings, instanceUrl: string): string {
  const bold = (text: string) => styled('stderr', 'bold', text);
  return [
    ...(toSet.size > 0 ? [bold('To set in GitLab, as a Maintainer')] : []),
    ...[...toSet.values()].map(
      (setting) => `  # ${visible(setting.why)}\n  ${curlCommand(instanceUrl, setting)}`,
    ),
    ...(toSet.size > 0 ? [''] : []),
    ...(unchecked.size > 0 ? [bold('Not checked')] : []),
    ...[...unchecked].flatMap((what) => linesOf(visible(what), columnsOf('stderr') - 1, '  ')),
    ...(unchecked.size > 0 ? [''] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}
