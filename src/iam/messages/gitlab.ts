import { curlCommand } from '../../gitlab/settings/setting.ts';
import { subjectFormSetting } from '../../gitlab/settings/settings.ts';
import type { Message } from './message.ts';

/** What GitLab answers when it issues no token. */
export const GITLAB_MESSAGES: readonly Message[] = [
  {
    id: 'path-reused',
    text: "ID token issuance is disabled in CI because this project's path was previously used by a different project",
    pattern: /ID token issuance is disabled/i,
    applies: ({ hasPathSubjects }) => hasPathSubjects,
    cause: () =>
      "another project previously had this path. GitLab 19.1 and newer issue no token whose subject could be mistaken for that project's",
    fixes: ({ instanceUrl }) => [
      {
        place: 'gitlab',
        text: 'Give the project a subject that begins with project_id, and set the same gitlab.sub_components in the answers',
        change: curlCommand(
          instanceUrl,
          subjectFormSetting({ id: undefined, path: 'mygroup/myproject' }, [
            'project_id',
            'ref_type',
            'ref',
          ]),
        ),
      },
    ],
    source: 'https://docs.gitlab.com/ci/secrets/id_token_authentication/',
  },
];
