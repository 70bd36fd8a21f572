import type { FoundGroup, FoundProject, Gitlab } from '../../gitlab/api/gitlab.ts';
import { checkGroupPath, checkProjectPath } from '../../gitlab/project-path.ts';
import type { Choice } from '../asker.ts';
import { chooseSeveral } from './choose-several.ts';
import { inColumns } from './columns.ts';
import type { Guide } from './guide.ts';

/** Paths of projects, and of groups with `/*` behind them, as they are typed by hand. */
type Paths = readonly string[];

/**
 * Has projects and groups chosen, one after the other, from those that the token sees.
 *
 * @returns `undefined` where the person would rather type them
 */
export async function chooseSources(guide: Guide): Promise<Paths | undefined> {
  const origin = await originProject(guide);
  return chooseSeveral(guide, {
    flag: 'project',
    message: 'Project that may assume it',
    why: 'Type to search; the groups it finds stand for every project in them.',
    optional: false,
    find: (gitlab, words, signal) =>
      findSources(gitlab, words, words === '' ? origin : undefined, signal),
  });
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
      .map((group) => ({ ...group, path: `${group.path}/*` }))
      .map((every) => ({
        value: every.path,
        row: [...rowOf(every), 'every project of the group'],
      })),
  ];
  const names = inColumns(found.map(({ row }) => row));
  return found.map(({ value }, index) => ({ value, name: names[index] ?? value, short: value }));
}

function rowOf({ path, visibility, id }: FoundProject | FoundGroup): string[] {
  return [path, visibility ?? '', `id ${id}`];
}
