import accessDiffMd from '../../templates/access-diff/access-diff.md.hbs';
import movedTf from '../../templates/access-diff/moved.tf.hbs';
import { SIGNS, type AccessDiff, type Move } from '../blueprint/access-diff/change.ts';
import { Rendered } from './template/template.ts';

/** What changes in access, for a note on a merge request. */
export function accessDiffMarkdown({ changes, moves }: AccessDiff): string {
  return accessDiffMd({
    changes: changes.map(({ kind, text }) => ({ sign: SIGNS[kind], text })),
    moved: moves.length > 0 && new Rendered(movedBlocks(moves)),
    offer: offerOfMoves(moves),
  });
}

/** Why people need the blocks, and where to put them. */
export function offerOfMoves(moves: readonly Move[]): string {
  const place = moves.some(({ account }) => account !== undefined)
    ? 'in the folder of the account'
    : 'next to roles.tf';
  return `Terraform addresses change, but names in AWS do not. Add these blocks to a file moved.tf ${place}
for one apply: without them, Terraform deletes and creates the same names at once.`;
}

/**
 * The blocks with which Terraform takes what stands at a new address for what stood at the old one.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/moved
 */
export function movedBlocks(moves: readonly Move[]): string {
  return movedTf({
    moves: moves.map(({ account, fromModule, toModule, fromCount, toCount, ...move }, index) => ({
      ...move,
      account: account !== undefined && account !== moves[index - 1]?.account && account,
      fromModule: fromModule ?? false,
      toModule: toModule ?? false,
      fromCount: fromCount ?? false,
      toCount: toCount ?? false,
    })),
  });
}
