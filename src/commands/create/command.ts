import type { FlagValues } from '../../interview/flags.ts';
import { CA_FILE_FLAG, command, JSON_FLAG, YES_FLAG, type ArgumentValuesOf } from '../record.ts';
import { answerFlags } from './answer-flags.ts';

const RUN_FLAGS = {
  config: {
    value: 'FILE',
    help: 'take the answers from a gitlab-aws-oidc.yaml; flags win over it',
  },
  resume: { value: 'FILE', help: 'go on with the draft of an interrupted interview' },
  yes: { ...YES_FLAG, help: 'ask nothing: take the default of each answer that is not given' },
  'ca-file': CA_FILE_FLAG,
  'dry-run': { help: 'write nothing, show what would be written' },
  json: { ...JSON_FLAG, help: 'print the result as JSON; asks nothing' },
} as const;

export const createCommand = command({
  name: 'create',
  summary: 'generate a repository (the default)',
  about:
    'Generates a repository with the IAM OIDC provider, the roles and their trust policies, in CDKTF and in HCL, and the CI file for your jobs.',
  usage: ['[folder] [flags]', 'create [folder] [flags]'],
  examples: [
    { line: 'my-oidc', does: 'asks, and writes to my-oidc' },
    {
      line: 'my-oidc --yes --project mygroup/myproject=20 --s3-read my-bucket',
      does: 'asks nothing: branch main of that project may read that bucket',
    },
    {
      line: 'my-oidc --config gitlab-aws-oidc.yaml',
      does: 'generates the same repository from its answers',
    },
  ],
  arguments: [{ name: 'folder' }],
  flags: { ...answerFlags(), ...RUN_FLAGS },
  notes: `A flag that may be repeated takes one value each time. --project also takes the URL of a project, branch or tag, as the browser shows it. --no-protected-only says no. With an access token in GITLAB_TOKEN (scope read_api), you can pick projects and branches from lists.
The word "create" can be left out unless the folder's name is a command or could be a mistyped one.`,
  exits: { 0: 'done', 1: 'you declined' },
  run: async (values, [directory]) => {
    const {
      config,
      resume,
      yes,
      'dry-run': dryRun,
      json,
      debug,
      'ca-file': caFile,
      ...flags
    } = values as FlagValues & ArgumentValuesOf<typeof RUN_FLAGS> & { debug?: boolean };
    const { create } = await import('./create.ts');
    return create({
      directory,
      flags,
      config,
      resume,
      yes: yes === true,
      dryRun: dryRun === true,
      json: json === true,
      caFile,
    });
  },
});
