import type { FoundGroup, FoundProject, Gitlab } from '../../gitlab/api/gitlab.ts';
import { checkGroupPath, checkProjectPath } from '../../gitlab/project-path.ts';
import type { Choice } from '../asker.ts';
import { inColumns } from './columns.ts';
import type { Guide } from './guide.ts';

/**
 * Has projects and groups picked from those that the token sees.
 *
 * @returns the words that a person would type for them, such as `mygroup/myproject=20` and `mygroup/*`; `undefined` where
 *   the person would rather type them
 */
export async function chooseSources(
  guide: Guide,
  message: string,
): Promise<readonly string[] | undefined> {
  const origin = await originProject(guide);
  const picked = await guide.pick({
    flag: 'project',
    message,
    why: 'Type to search, e.g. myproject. A group can be each project or all of them.',
    quick: true,
    optional: false,
    find: (gitlab, words, signal) =>
      findSources(gitlab, words, words === '' ? origin : undefined, signal),
  });
  const named = await Promise.all((picked ?? []).map((word) => expanded(word, guide)));
  return picked && [...new Set(named.flat())];
}

/** Stands before the path of a group whose projects are each named. */
const EACH = 'each:';

async function expanded(word: string, guide: Guide): Promise<readonly string[]> {
  if (!word.startsWith(EACH)) return [word];
  const group = word.slice(EACH.length);
  const projects = await guide.consult(
    `listing the projects of ${group}`,
    `which projects ${group} has`,
    (gitlab, signal) => gitlab.projectsOf(group, signal),
  );
  return (projects ?? []).filter(({ path }) => !checkProjectPath(path)).map(wordFor);
}

function wordFor({ path, id }: FoundProject): string {
  return `${path}=${id}`;
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
    ...(first ? [{ value: wordFor(first), row: [...rowOf(first), 'this checkout'] }] : []),
    ...others.map((project) => ({ value: wordFor(project), row: [...rowOf(project), ''] })),
    ...groups
      .filter(({ path }) => !checkGroupPath(path))
      .flatMap((group) => [
        { value: `${EACH}${group.path}`, row: [...rowOf(group), 'each project, by name'] },
        { value: `${group.path}/*`, row: [...rowOf(group), 'all projects, now and later'] },
      ]),
  ];
  const names = inColumns(found.map(({ row }) => row));
  return found.map(({ value, row: [path = value] }, index) => ({
    value,
    name: names[index] ?? value,
    short: path,
  }));
}

function rowOf({ path, visibility, id }: FoundProject | FoundGroup): string[] {
  return [path, visibility ?? '', `id ${id}`];
}
