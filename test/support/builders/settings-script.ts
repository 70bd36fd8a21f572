import type { Answers } from '../../../src/answers/schema.ts';
import type { SubComponent } from '../../../src/gitlab/subject.ts';
import type { Holdings, ProjectHeld } from '../stand-ins/gitlab-server/holdings.ts';
import { machineWide } from '../stand-ins/gitlab-server/machine-wide.ts';
import { SettingsScript } from '../tools/settings-script.ts';
import type { JobShell } from '../tools/shells.ts';
import { answers, role } from './answers.ts';

/** The project of the GitLab that a settings script meets. */
export const SHOP: ProjectHeld = { id: 20, path: 'acme/shop' };

/** Answers for the GitLab of the tests. */
export function answersFor(roles: Answers['roles'], components?: SubComponent[]): Answers {
  return answers({
    gitlab: {
      url: 'https://gitlab.example.com',
      ...(components ? { sub_components: components } : {}),
    },
    roles,
  });
}

/** A role that a project's refs may assume. */
export const deploy = (
  refs: Answers['roles'][number]['refs'],
  projects = [{ path: SHOP.path, id: 20 }],
) => role({ projects, refs });

/**
 * A `gitlab/settings.sh` and the GitLab that it meets.
 *
 * @param folder gives a new folder each time
 */
export async function settingsScript(
  folder: () => string,
  shell: JobShell,
  given: Answers,
  held: Partial<Holdings>,
) {
  const holdings = { version: '18.5.1-ee', groups: [], projects: [SHOP], ...held };
  const { server, environment, stop } = await machineWide(folder(), holdings);
  const { HTTPS_PROXY = '', NODE_EXTRA_CA_CERTS: ca = '', GITLAB_TOKEN = '' } = environment;
  const script = new SettingsScript(given, folder(), shell, {
    HTTPS_PROXY,
    GITLAB_TOKEN,
    CURL_CA_BUNDLE: ca,
  });
  const writes = () => server.questions.filter((question) => !question.startsWith('GET '));
  return { server, script, writes, stop };
}
