import { roleFlags } from '../create/answer-flags.ts';
import {
  ACCOUNT_OF_ROLE,
  ADD_FLAGS,
  EDIT_EXITS,
  EDIT_FLAGS,
  EDIT_KINDS,
  EDIT_NOTES,
} from '../edit/flags.ts';
import { command } from '../record.ts';

export const addCommand = command({
  name: 'add',
  summary: 'add a project, branch, tag, policy, role or account, then update',
  about:
    'Adds to the answers in gitlab-aws-oidc.yaml, shows who gains access by it, and updates the repository.',
  usage: [
    'add project PATH[=ID] [flags]',
    'add branch|tag NAME [flags]',
    'add policy NAME|ARN [flags]',
    'add role NAME [flags]',
    'add account NAME[=ID] [flags]',
  ],
  examples: [
    {
      line: 'add project mygroup/shop=42 --role gitlab-deploy',
      does: 'lets that project assume the role, from the branches and tags that the role has',
    },
    { line: "add tag 'v*' --role gitlab-deploy --dry-run", does: 'shows who would gain access' },
    {
      line: 'add role gitlab-read --yes --project mygroup/shop=42 --s3-read my-bucket',
      does: 'adds a role, with the default of each answer that is not given',
    },
  ],
  arguments: [{ name: 'kind', oneOf: EDIT_KINDS }, { name: 'name' }],
  flags: EDIT_FLAGS,
  flagsOf: { ...ADD_FLAGS, role: { ...ACCOUNT_OF_ROLE, ...roleFlags() } },
  notes: EDIT_NOTES,
  exits: EDIT_EXITS,
  run: async (values, words) =>
    (await import('../edit/edit.ts')).editRepository('add', values, words),
});
