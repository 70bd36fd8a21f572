import type { FoundGroup, FoundProject, Gitlab } from '../../gitlab/api/gitlab.ts';
import { checkGroupPath, checkProjectPath } from '../../gitlab/project-path.ts';
import type { Choice } from '../asker.ts';
import { inColumns } from './columns.ts';
import type { Guide } from './guide.ts';

/** Paths of projects, and of groups with `/*` behind them, as they are typed by hand. */
type Paths = readonly string[];

const DONE = ':done';

/**
 * Has projects and groups chosen, one after the other, from those that the token sees.
 *
 * @returns `undefined` where the person would rather type them
 */
export async function chooseSources(guide: Guide): Promise<Paths | undefined> {
  const origin = await originProject(guide);
  const paths: string[] = [];
  for (;;) {
    const chosen = await guide.choose({
      flag: 'project',
      message: paths.length === 0 ? 'Project that may assume it' : 'Another project',
      why:
        paths.length === 0
          ? 'Type to search; the groups it finds stand for every project in them.'
          : `So far: ${paths.join(', ')}.`,
      find: async (gitlab, words, signal) => {
        const found = await findSources(gitlab, words, words === '' ? origin : undefined, signal);
        const open = found.filter(({ value }) => !paths.includes(value));
        const done = { value: DONE, name: 'no, that is all', short: 'no' };
        return paths.length > 0 && words === '' ? [done, ...open] : open;
      },
    });
    if (chosen === undefined) return paths.length > 0 ? paths : undefined;
    if (chosen === DONE) return paths;
    paths.push(chosen);
  }
}

async function originProject(guide: Guide): Promise<FoundProject | undefined> {
  const { origin } = guide;
  if (origin === undefined) return undefined;
  return guide.consult(`looking for ${origin}`, `the project ${origin}`, (gitlab, signal) =>
    gitlab.project(origin, signal),
  );
}

async function findSources(
  gitlab: Gitlab,
  words: string,
  first: FoundProject | undefined,
  signal: AbortSignal,
): Promise<Choice[]> {
  const [projects, groups] = await Promise.all([
    gitlab.searchProjects(words, signal),
    words === '' ? [] : gitlab.searchGroups(words, signal),
  ]);
  const others = projects.filter(({ id, path }) => id !== first?.id && !checkProjectPath(path));
  const found = [
    ...(first ? [{ value: first.path, row: [...rowOf(first), 'this checkout'] }] : []),
    ...others.map((project) => ({ value: project.path, row: [...rowOf(project), ''] })),
    ...groups
      .filter(({ path }) => !checkGroupPath(path))
      .map((group) => ({
        value: `${group.path}/*`,
        row: [
          `${group.path}/*`,
          group.visibility ?? '',
          `id ${group.id}`,
          'every project of the group',
        ],
      })),
  ];
  const names = inColumns(found.map(({ row }) => row));
  return found.map(({ value }, index) => ({ value, name: names[index] ?? value, short: value }));
}

function rowOf({ path, visibility, id }: FoundProject | FoundGroup): string[] {
  return [path, visibility ?? '', `id ${id}`];
}
