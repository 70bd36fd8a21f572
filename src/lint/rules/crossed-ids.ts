import type { Rule } from '../rule.ts';

export const crossedIds: Rule = {
  id: 'OIDC106',
  name: 'crossed-ids',
  severity: 'warning',
  harm: 'weakens',
  summary: 'Several projects and several ids in one statement',
  why: 'Values of one key are alternatives, and each key is compared on its own: each path goes with each id, so an id no longer pins its own path.',
  example:
    'Paths `acme/web` and `acme/api` with ids 20 and 21: project 21 is admitted under the path of 20 once it is moved there.',
  fix: 'Write one statement for each project, with its path and its id',
  check: ({ statements }) =>
    statements.flatMap(({ statement, reaches }) => {
      const grants = reaches.flatMap((one) => one.grants);
      const paths = new Set(grants.map(({ who }) => who.path));
      const crossed = grants.find(({ who }) => who.ids.length > 1);
      if (paths.size < 2 || !crossed) return [];
      const message = `each path goes with each of the ids ${crossed.who.ids.join(', ')}`;
      return [{ path: `${statement.path}.Condition`, message, witness: crossed.witness }];
    }),
};
