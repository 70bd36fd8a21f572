import { fitted, styled, type Output } from '../../terminal/output.ts';
import { SIGNS, type AccessDiff } from '../../blueprint/access-diff/change.ts';
import { movedBlocks, offerOfMoves } from '../../render/access-diff.ts';
import { visible } from '../../text/unprintable.ts';

const COLORS = { '+': 'green', '-': 'red', '~': 'yellow', '=': 'dim' } as const;

/** What changes in access, for a person at a terminal. */
export function accessDiffText({ changes, moves }: AccessDiff, stream: Output = 'stderr'): string {
  const lines = changes.map(({ kind, text }) => {
    const sign = SIGNS[kind];
    return fitted(`  ${styled(stream, COLORS[sign], sign)} ${visible(text)}\n`, stream);
  });
  return [
    `${styled(stream, 'bold', 'What changes in access')}\n`,
    ...(lines.length > 0 ? lines : ['  nothing\n']),
    ...(moves.length > 0 ? [offer(moves)] : []),
  ].join('');
}

function offer(moves: AccessDiff['moves']): string {
  return `\n${offerOfMoves(moves)}\n\n${movedBlocks(moves)}`;
}
