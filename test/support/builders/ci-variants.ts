import { completeAnswers } from '../../../src/answers/read.ts';
import { blueprintOf } from '../../../src/blueprint/build.ts';
import type { Files } from '../../../src/render/files.ts';
import { renderGitlabCi } from '../../../src/render/gitlab-ci.ts';

const CREDENTIALS = ['web-identity', 'script', 'legacy-jwt'] as const;

const STATES = [
  { backend: 'local' },
  { backend: 's3', bucket: 'state', key: 'oidc.tfstate' },
  { backend: 'gitlab', name: 'oidc' },
] as const;

/** The CI files of each way to sign in with each place of the state: no golden has them all. */
export const variants: readonly { name: string; files: Files }[] = CREDENTIALS.flatMap(
  (credentials) =>
    STATES.map((state) => ({
      name: `${credentials} with ${state.backend} state`,
      files: renderVariant({ state, ci: { credentials } }),
    })),
);

/** The CI files of a small answers file, changed. */
export function renderVariant(changes: Record<string, unknown>): Files {
  return renderGitlabCi(
    blueprintOf(
      completeAnswers({
        version: 2,
        gitlab: { url: 'https://gitlab.example.com', repository: 'mygroup/oidc' },
        aws: { region: 'eu-west-1' },
        provider: { mode: 'create' },
        roles: [
          {
            name: 'deploy+a=b,c@d.e-f',
            projects: [{ path: 'mygroup/myproject' }],
            refs: { branches: ['main'] },
            permissions: { s3: { read: ['bucket'] } },
          },
        ],
        output: 'cdktf',
        state: { backend: 'local' },
        ci: { credentials: 'web-identity' },
        ...changes,
      }),
    ),
  );
}
