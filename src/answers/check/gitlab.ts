import { type Flaw, shown } from '../../text/flaw.ts';
import { isGitlabCom, normalizeUrl } from '../../gitlab/instance-url.ts';
import { checkProjectPath } from '../../gitlab/project-path.ts';
import type { SubComponent } from '../../gitlab/subject.ts';
import { QUOTAS } from '../../iam/quotas.ts';
import { checkAudience } from '../../iam/role-fields.ts';
import type { Answers } from '../schema.ts';
import { type At, checkList, ifGiven, itself, within } from '../../text/collect.ts';

/** The instance, the issuer, the audience, and what subjects are built of. */
export function checkGitlab({ gitlab }: Answers, at: At): void {
  for (const key of ['url', 'issuer'] as const) {
    const address = gitlab[key];
    if (address === undefined) continue;
    const result = normalizeUrl(address, useOf(key, gitlab));
    if ('flaw' in result) at(`gitlab.${key}`)(result.flaw);
  }
  if (gitlab.issuer !== undefined && gitlab.issuer !== gitlab.url) {
    if (isGitlabCom(gitlab.url) || isGitlabCom(gitlab.issuer)) {
      at('gitlab.issuer')({
        what: 'gitlab.com is its own issuer, for its own tokens only',
        fix: 'Leave gitlab.issuer out, or correct gitlab.url',
        flagFix: 'Leave --issuer out, or correct --gitlab-url',
      });
    }
  }
  checkAudiences(gitlab.audience, at);
  ifGiven(gitlab.sub_components, checkComponents, at('gitlab.sub_components'));
  ifGiven(gitlab.repository, checkProjectPath, at('gitlab.repository'));
}

/** One audience, or each of several, the first of which jobs request. */
function checkAudiences(audience: Answers['gitlab']['audience'], at: At): void {
  if (typeof audience === 'string') at('gitlab.audience')(checkAudience(audience));
  else checkList(audience, itself, checkAudience, within(at, 'gitlab.audience'));
  if (typeof audience === 'object' && audience.length > QUOTAS.audiences) {
    at('gitlab.audience')({
      what: `there are ${audience.length} audiences; AWS allows ${QUOTAS.audiences}`,
      fix: 'Leave some out',
    });
  }
}

/** The instance's own address is the issuer too where no other is named. */
export function useOf(key: 'url' | 'issuer', { issuer }: Answers['gitlab']): 'issuer' | 'instance' {
  return key === 'url' && issuer !== undefined ? 'instance' : 'issuer';
}

/**
 * A subject must hold the project and the ref, else AWS could not tell them apart, each once.
 */
export function checkComponents(components: readonly SubComponent[]): Flaw | undefined {
  const twice = components.find((component, index) => components.indexOf(component) !== index);
  if (twice !== undefined) return { what: `${shown(twice)} is listed twice`, fix: 'Leave one out' };
  if (!components.includes('project_path') && !components.includes('project_id')) {
    return {
      what: 'the subject names no project, so every project of the instance may assume the role',
      fix: 'Add project_path or project_id',
    };
  }
  const missing = (['ref_type', 'ref'] as const).find(
    (component) => !components.includes(component),
  );
  if (missing !== undefined) {
    return {
      what: `the subject has no ${missing}, so it does not distinguish branches from tags`,
      fix: `Add ${missing}`,
    };
  }
  return undefined;
}

/** The token of GitLab before 15.7 has one form: what later versions let one choose cannot be asked of it. */
export function checkLegacyJwt({ gitlab, roles }: Answers, at: At): void {
  const other = [gitlab.audience ?? []].flat().find((audience) => audience !== gitlab.url);
  if (other !== undefined) {
    at('gitlab.audience')({
      what: `CI_JOB_JWT_V2 always carries ${gitlab.url} as audience, not ${shown(other)}`,
      fix: 'Leave gitlab.audience out, or use ci.credentials: web-identity',
      flagFix: 'Leave --audience out, or use --credentials web-identity',
    });
  }
  const later = (where: string, version: string) => {
    at(where)({
      what: `it needs GitLab ${version} or newer, which has no CI_JOB_JWT_V2 any more`,
      fix: 'Leave it out, or use ci.credentials: web-identity',
      flagFix: 'Leave it out, or use --credentials web-identity',
    });
  };
  if (gitlab.issuer !== undefined && gitlab.issuer !== gitlab.url) later('gitlab.issuer', '18.1');
  if (gitlab.sub_components) later('gitlab.sub_components', '17.10');
  roles.forEach(({ projects }, r) => {
    projects?.forEach(({ sub_components }, p) => {
      if (sub_components) later(`roles[${r}].projects[${p}].sub_components`, '17.10');
    });
  });
}
