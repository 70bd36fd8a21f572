import { checkList, type At } from '../../text/collect.ts';
import type { Answers } from '../schema.ts';

/** Each file once, and with a reason. */
export function checkAcceptedEdits({ accepted_edits: edits }: Answers, at: At): void {
  checkList(
    edits,
    ({ path }) => path,
    ({ path, reason }) =>
      path.trim() === '' || reason.trim() === ''
        ? {
            what: 'it needs a path and a reason',
            fix: 'Write {path: terraform/roles.tf, reason: why the edit is meant}',
          }
        : undefined,
    (where) => at(`accepted_edits${where}`),
  );
}
