import { EDIT_EXITS, EDIT_FLAGS, EDIT_KINDS, EDIT_NOTES, REMOVE_FLAGS } from '../edit/flags.ts';
import { command } from '../record.ts';

export const removeCommand = command({
  name: 'remove',
  summary: 'remove a project, branch, tag, policy, role or account, then update',
  about:
    'Removes from the answers in gitlab-aws-oidc.yaml, shows who loses access by it, and updates the repository.',
  usage: [
    'remove project PATH [flags]',
    'remove branch|tag NAME [flags]',
    'remove policy NAME|ARN [flags]',
    'remove role NAME [flags]',
    'remove account NAME [flags]',
  ],
  examples: [
    {
      line: 'remove project mygroup/shop --dir my-oidc',
      does: 'takes the access from that project, after you confirm',
    },
    { line: 'remove policy ReadOnlyAccess --role gitlab-deploy --yes', does: 'asks nothing' },
  ],
  arguments: [{ name: 'kind', oneOf: EDIT_KINDS }, { name: 'name' }],
  flags: EDIT_FLAGS,
  flagsOf: REMOVE_FLAGS,
  notes: EDIT_NOTES,
  exits: EDIT_EXITS,
  run: async (values, words) =>
    (await import('../edit/edit.ts')).editRepository('remove', values, words),
});
