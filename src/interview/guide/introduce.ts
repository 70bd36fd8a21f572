import { GitlabFault } from '../../gitlab/api/fault.ts';
import type { Gitlab } from '../../gitlab/api/gitlab.ts';
import { openGitlab } from '../../gitlab/api/open.ts';
import { checkToken, JOB_TOKEN_FLAW } from '../../gitlab/api/token.ts';
import { parseVersion } from '../../gitlab/version.ts';
import type { Person } from '../asker.ts';
import type { Findings } from '../../gitlab/settings/findings.ts';
import { Guide } from './guide.ts';
import { followsFrom } from './version-notes.ts';

export interface Setup {
  readonly person: Person;
  readonly findings: Findings;
  readonly environment: NodeJS.ProcessEnv;
  /** Certificates to trust, in PEM, in place of Node's own. */
  readonly ca: readonly string[] | undefined;
  /** The project there that the current folder is a checkout of. */
  readonly origin: string | undefined;
}

const NOTHING_ASKED =
  'GitLab was not asked: paths, ids, branches, tags and what is protected are as you typed them';

/** Asks for a token, and GitLab who it is; `undefined` where the person answers everything by hand. */
export async function introduceGitlab(url: string, setup: Setup): Promise<Guide | undefined> {
  const { person, findings } = setup;
  for (let first = true; ; first = false) {
    const token = await askToken(url, setup, first);
    if (token === '') break;
    const gitlab = await openGitlab({ url, token, ca: setup.ca, environment: setup.environment });
    const met = await meet(gitlab, person);
    if (met === 'again') continue;
    if (met === 'never') break;
    const version = parseVersion(met.version);
    person.say(`GitLab ${met.version}${met.edition}, as ${met.user}.`);
    for (const note of version ? followsFrom(version) : []) person.say(note);
    if (!version) findings.unchecked.add(`what GitLab ${met.version} can do`);
    return new Guide({ person, gitlab, version, findings, origin: setup.origin });
  }
  findings.unchecked.add(NOTHING_ASKED);
  return undefined;
}

async function askToken(
  url: string,
  { person, environment }: Setup,
  first: boolean,
): Promise<string> {
  const host = url.slice('https://'.length);
  const given = environment['GITLAB_TOKEN']?.trim() ?? '';
  const flaw = checkToken(given);
  if (first && given !== '' && !flaw) {
    const meant = await person.yes({
      flag: 'yes',
      message: `Ask ${host} with the token in GITLAB_TOKEN?`,
      why: 'You can then pick projects and branches from lists. The token is not saved.',
      default: true,
      quick: true,
    });
    return meant ? given : '';
  }
  const jobToken = given === '' && environment['CI_JOB_TOKEN'] ? JOB_TOKEN_FLAW : undefined;
  if (first && flaw) person.say(`GITLAB_TOKEN is not used: ${flaw.what}.`);
  else if (first && jobToken) person.say(`${jobToken.what}.`);
  return person.secret({
    flag: 'yes',
    message: `Access token for ${host} (optional, not saved)`,
    why: `Press Enter to skip, or create one with read_api to pick from lists: ${tokenPage(url)}`,
    quick: true,
    check: checkToken,
  });
}

interface Met {
  readonly version: string;
  readonly edition: string;
  readonly user: string;
}

async function meet(gitlab: Gitlab, person: Person): Promise<Met | 'again' | 'never'> {
  try {
    const waited = await person.wait(
      `${gitlab.url.slice('https://'.length)}: asking who it is`,
      (signal) => Promise.all([gitlab.instance(signal), gitlab.user(signal)]),
    );
    if (!waited) return 'never';
    const [{ version, enterprise }, user] = waited.answer;
    const editions = {
      true: ' (Enterprise Edition)',
      false: ' (Community Edition)',
      undefined: '',
    };
    return { version, edition: editions[`${enterprise}`], user };
  } catch (error) {
    if (!(error instanceof GitlabFault)) throw error;
    person.say(`${error.message}.`);
    return error.kind === 'token' ? 'again' : 'never';
  }
}

/** GitLab's page that makes a token, filled in. @see https://docs.gitlab.com/user/profile/personal_access_tokens/ */
function tokenPage(url: string): string {
  return `${url}/-/user_settings/personal_access_tokens?name=create-gitlab-aws-oidc&scopes=read_api`;
}
