import { createHash } from 'node:crypto';
import { QUOTAS } from '../../iam/quotas.ts';

/** Stands for the path of a project with hyphens for its slashes, which may be in names of many kinds. */
export const PROJECT = '{project}';
/** Stands for the path of a project. */
export const PROJECT_PATH = '{project_path}';

/** Hexadecimal digits of a hash in a name that was too long: two of a thousand such names are equal once in 8,000 answers. */
const HASH = 8;

/**
 * The name of the role of a project. It depends on nothing but the two, so another project never changes it. A path that
 * is too long is cut, and ends in a hash of the whole.
 *
 * @param name with {@link PROJECT} in it
 */
export function projectRoleName(name: string, path: string): string {
  const room = QUOTAS.roleName - name.replace(PROJECT, '').length;
  const hyphens = withHyphens(path);
  const hash = createHash('sha256').update(path).digest('hex').slice(0, HASH);
  const cut = hyphens.slice(0, Math.max(room - HASH - 1, 0)).replace(/-+$/, '');
  const fitting = hyphens.length <= room ? hyphens : `${cut}-${hash}`;
  return name.replace(PROJECT, () => fitting);
}

function withHyphens(path: string): string {
  return path.replaceAll('/', '-');
}

/** An answer with a project in the place of what stands for it. */
export function filled<T>(value: T, path: string): T {
  const fill = (inside: unknown): unknown => {
    if (typeof inside === 'string') {
      return inside
        .replaceAll(PROJECT, () => withHyphens(path))
        .replaceAll(PROJECT_PATH, () => path);
    }
    if (Array.isArray(inside)) return inside.map(fill);
    if (inside === null || typeof inside !== 'object') return inside;
    return Object.fromEntries(Object.entries(inside).map(([key, one]) => [key, fill(one)]));
  };
  return fill(value) as T;
}
