import { styled, type Output } from '../../terminal/output.ts';
import { SIGNS, type AccessDiff } from '../../blueprint/access-diff/change.ts';
import { movedBlocks } from '../../render/access-diff.ts';
import { visible } from '../../text/unprintable.ts';

const COLOURS = { '+': 'green', '-': 'red', '~': 'yellow', '=': 'dim' } as const;

/** What changes in access, for a person at a terminal. */
export function accessDiffText({ changes, moves }: AccessDiff, stream: Output = 'stderr'): string {
  const lines = changes.map(({ kind, text }) => {
    const sign = SIGNS[kind];
    return `  ${styled(stream, COLOURS[sign], sign)} ${visible(text)}\n`;
  });
  return [
    `${styled(stream, 'bold', 'What changes in access')}\n`,
    ...(lines.length > 0 ? lines : ['  nothing\n']),
    ...(moves.length > 0 ? [offer(moves)] : []),
  ].join('');
}

function offer(moves: AccessDiff['moves']): string {
  const place = moves.some(({ account }) => account !== undefined)
    ? 'to a file moved.tf in\nthe folder of the account'
    : 'next to\nroles.tf';
  return `
The role keeps its name in AWS, but its Terraform address changes. To keep Terraform from replacing it, add this ${place} for one apply:

${movedBlocks(moves)}`;
}
