import { like } from '../../iam/evaluate/wildcard.ts';
import { componentOf } from '../../iam/subject.ts';
import { subjectHint } from '../hint.ts';
import { sameProject } from '../same-project.ts';

export const otherRef = subjectHint('other-ref', (expected, actual) => {
  const wanted = componentOf(expected, 'ref');
  const given = componentOf(actual, 'ref');
  if (wanted === undefined || given === undefined || like(wanted, given)) return undefined;
  if (!sameProject(expected, actual)) return undefined;
  const type = componentOf(actual, 'ref_type') ?? 'ref';
  const prefix = given.startsWith(wanted) ? `; as a prefix it would be "${wanted}*"` : '';
  return `the policy names the ${type} "${wanted}", the token "${given}"${prefix}`;
});
