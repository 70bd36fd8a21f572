import type { Ref } from './ref.ts';

/**
 * The parts a subject may be built of, in GitLab's own names.
 *
 * @see https://docs.gitlab.com/api/projects/ (`ci_id_token_sub_claim_components`)
 */
export const SUB_COMPONENTS = [
  'project_path',
  'project_id',
  'ref_type',
  'ref',
  'ref_protected',
  'environment_protected',
  'deployment_tier',
] as const;

export type SubComponent = (typeof SUB_COMPONENTS)[number];

export function isSubComponent(name: unknown): name is SubComponent {
  return SUB_COMPONENTS.some((known) => known === name);
}

/** What GitLab builds a subject of unless the project says otherwise. */
export const DEFAULT_COMPONENTS: readonly SubComponent[] = ['project_path', 'ref_type', 'ref'];

/** The form with the project's id, which survives a rename. */
export const ID_COMPONENTS: readonly SubComponent[] = ['project_id', 'ref_type', 'ref'];

/** The values that a subject's components take; `project_path` may end in a wildcard for a whole group. */
export interface SubjectValues {
  readonly projectPath: string;
  readonly projectId?: number | undefined;
  readonly ref: Ref;
  readonly protectedOnly: boolean;
  readonly environmentProtected?: boolean | undefined;
  readonly deploymentTier?: string | undefined;
}

/**
 * The subjects that a token with these values may carry: one, or two where both protected and
 * unprotected refs are meant and the subject tells them apart.
 *
 * @throws {Error} when a component has no value; the answers' checks come first and say so to the person
 */
export function subjects(components: readonly SubComponent[], values: SubjectValues): string[] {
  const isEither = !values.protectedOnly && components.includes('ref_protected');
  return (isEither ? [true, false] : [values.protectedOnly]).map((isProtected) =>
    components
      .map((component) => `${component}:${valueOf(component, values, isProtected)}`)
      .join(':'),
  );
}

function valueOf(component: SubComponent, values: SubjectValues, isProtected: boolean): string {
  switch (component) {
    case 'project_path':
      return values.projectPath;
    case 'project_id':
      return String(known(component, values.projectId));
    case 'ref_type':
      return values.ref.type;
    case 'ref':
      return values.ref.name;
    case 'ref_protected':
      return String(isProtected);
    case 'environment_protected':
      return String(known(component, values.environmentProtected));
    case 'deployment_tier':
      return known(component, values.deploymentTier);
  }
}

function known<T>(component: SubComponent, value: T | undefined): T {
  if (value === undefined) throw new Error(`the subject needs a ${component} and there is none`);
  return value;
}
