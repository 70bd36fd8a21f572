import type { Rule } from '../rule.ts';

export const crossedIds: Rule = {
  id: 'OIDC106',
  name: 'crossed-ids',
  severity: 'warning',
  harm: 'weakens',
  summary: 'Several projects and several ids in one statement',
  why: 'The values of one key are alternatives, and each key is compared on its own. Every path therefore matches with every ID, and an ID no longer pins its own path.',
  example:
    'Paths `acme/web` and `acme/api` with IDs 20 and 21: once project 21 is moved to the path of project 20, it is admitted there.',
  fix: 'Write one statement for each project, with its path and its ID',
  check: ({ statements }) =>
    statements.flatMap(({ statement, reaches }) => {
      const grants = reaches.flatMap((one) => one.grants);
      const paths = new Set(grants.map(({ who }) => who.path));
      const crossed = grants.find(({ who }) => who.ids.length > 1);
      if (paths.size < 2 || !crossed) return [];
      const message = `every path matches with every one of the IDs ${crossed.who.ids.join(', ')}`;
      return [{ path: `${statement.path}.Condition`, message, witness: crossed.witness }];
    }),
};
