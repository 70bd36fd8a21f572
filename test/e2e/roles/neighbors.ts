import type { Pipeline } from '../../support/builders/id-token-claims.ts';

/** A pipeline of a branch, as most roles are meant for. */
export type BranchPipeline = Pipeline & { readonly branch: string };

/**
 * Pipelines beside one that may assume a role: most roles must refuse all of them. A project of somebody else has
 * its own ids, and every ref of it is protected, since that is for its owner to say.
 */
export function neighborsOf({ branch, ...pipeline }: BranchPipeline) {
  const { path } = pipeline.project;
  const slash = path.lastIndexOf('/');
  const [group, name] = [path.slice(0, slash), path.slice(slash + 1)];
  const [top = '', ...rest] = path.split('/');
  const within = (other: string) => ({ ...pipeline.project, path: other, id: 666 });
  const elsewhere = (other: string) => ({ path: other, id: 666, namespaceId: 99 });
  const from = (project: Pipeline['project']): Pipeline => ({
    ...pipeline,
    branch,
    project,
    isProtected: true,
  });
  const on = (ref: { branch: string } | { tag: string } | { mergeRequestFrom: string }) => ({
    ...pipeline,
    ...ref,
  });
  return {
    'another branch': on({ branch: 'develop' }),
    'a branch that begins like it': on({ branch: `${branch}-2` }),
    'the branch in other letter case': on({ branch: branch.toUpperCase() }),
    'a tag named like the branch': on({ tag: branch }),
    'the branch unprotected': { ...pipeline, branch, isProtected: false },
    'a merge request': { ...on({ mergeRequestFrom: 'feature' }), isProtected: false },
    'a merge request from a fork': {
      ...on({ mergeRequestFrom: branch }),
      fork: elsewhere(`mallory/${name}`),
      isProtected: false,
    },
    'a fork': from(elsewhere(`mallory/${name}`)),
    'another project of the group': from(within(`${group}/other`)),
    'a project whose name begins like it': from(within(`${path}-evil`)),
    'a group named like the project': from(elsewhere(`${path}/evil`)),
    'another group': from(elsewhere(`othergroup/${rest.join('/')}`)),
    'a group whose name begins like it': from(elsewhere(`${top}-evil/${rest.join('/')}`)),
    'the path in other letter case': from({ ...pipeline.project, path: path.toUpperCase() }),
    'the project under another path': from({ ...pipeline.project, path: `${group}/renamed` }),
    "the path with another project's id": from({ ...pipeline.project, id: 666 }),
  } satisfies Record<string, Pipeline>;
}

export type Neighbor = keyof ReturnType<typeof neighborsOf>;
