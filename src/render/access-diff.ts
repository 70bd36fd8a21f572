import accessDiffMd from '../../templates/access-diff/access-diff.md.hbs';
import movedTf from '../../templates/access-diff/moved.tf.hbs';
import { SIGNS, type AccessDiff, type Move } from '../blueprint/access-diff/change.ts';
import { Rendered } from './template/template.ts';

/** What changes in access, for a note on a merge request. */
export function accessDiffMarkdown({ changes, moves }: AccessDiff): string {
  return accessDiffMd({
    changes: changes.map(({ kind, text }) => ({ sign: SIGNS[kind], text })),
    moved: moves.length > 0 && new Rendered(movedBlocks(moves)),
  });
}

/**
 * The blocks with which Terraform takes what stands at a new address for what stood at the old one.
 *
 * @see https://developer.hashicorp.com/terraform/language/block/moved
 */
export function movedBlocks(moves: readonly Move[]): string {
  return movedTf({
    moves: moves.map(({ account, fromModule, toModule, fromCount, toCount, ...move }) => ({
      ...move,
      account: account ?? false,
      fromModule: fromModule ?? false,
      toModule: toModule ?? false,
      fromCount: fromCount ?? false,
      toCount: toCount ?? false,
    })),
  });
}
