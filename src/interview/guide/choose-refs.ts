import type { FoundRef, Gitlab, GitlabProject } from '../../gitlab/api/gitlab.ts';
import { checkRef, isPattern, type RefType } from '../../gitlab/ref.ts';
import { compilePattern, matchesPattern, patternParts } from '../../iam/evaluate/wildcard.ts';
import type { Choice, Question } from '../asker.ts';
import { inColumns } from './columns.ts';
import type { Guide } from './guide.ts';

/** Of so many projects the refs are looked through; a role rarely has more. */
const PROJECTS = 5;

/**
 * Has branches or tags picked from those there are; a name or pattern that is typed is a choice too.
 *
 * @returns `undefined` where the person would rather type them
 */
export async function chooseRefs(
  guide: Guide,
  projects: readonly GitlabProject[],
  type: RefType,
  question: Question,
): Promise<readonly string[] | undefined> {
  const looked = projects.slice(0, PROJECTS);
  return guide.pick({
    ...question,
    optional: type === 'tag',
    find: (gitlab, words, signal) => findRefs(gitlab, looked, type, words, signal),
  });
}

async function findRefs(
  gitlab: Gitlab,
  projects: readonly GitlabProject[],
  type: RefType,
  words: string,
  signal: AbortSignal,
): Promise<Choice[]> {
  if (isPattern(words))
    return patternChoice(await refsToday(gitlab, projects, type, words, signal), type, words);
  const search = ({ id }: GitlabProject, text: string) => gitlab.searchRefs(id, type, text, signal);
  const withDefault = type === 'branch' && words === '' ? projects : [];
  const pages = await Promise.all([
    ...withDefault.map(async (project) => {
      const named = await search(project, project.defaultBranch ?? '');
      return named.filter(({ name }) => name === project.defaultBranch);
    }),
    ...projects.map((project) => search(project, words)),
  ]);
  const defaults =
    type === 'branch' ? projects.flatMap(({ defaultBranch }) => defaultBranch ?? []) : [];
  const found = new Map<string, FoundRef[]>();
  for (const ref of pages.flat()) found.set(ref.name, [...(found.get(ref.name) ?? []), ref]);
  const fits = [...found].filter(([name]) => !checkRef({ type, name }));
  const rows = fits.map(([name, refs]) => [name, noteOf(name, refs, defaults)]);
  const lines = inColumns(rows);
  const choices = fits.map(([name], index) => ({
    value: name,
    name: lines[index] ?? name,
    short: name,
  }));
  if (words === '' || found.has(words) || checkRef({ type, name: words })) return choices;
  return [...choices, { value: words, name: `${words}   not there today`, short: words }];
}

function noteOf(name: string, refs: readonly FoundRef[], defaults: readonly string[]): string {
  return [
    ...(defaults.includes(name) ? ['default'] : []),
    refs.every((ref) => ref.protected) ? 'protected' : 'not protected',
  ].join(', ');
}

function patternChoice(today: readonly FoundRef[], type: RefType, pattern: string): Choice[] {
  if (checkRef({ type, name: pattern })) return [];
  return [{ value: pattern, name: `${pattern}   ${todayText(today)}`, short: pattern }];
}

/** The refs of some projects that a pattern matches today. */
export async function refsToday(
  gitlab: Gitlab,
  projects: readonly GitlabProject[],
  type: RefType,
  pattern: string,
  signal: AbortSignal,
): Promise<FoundRef[]> {
  const [prefix = ''] = pattern.split(/[*?]/, 1);
  const all = await Promise.all(
    projects.slice(0, PROJECTS).map(({ id }) => gitlab.refs(id, type, prefix, signal)),
  );
  const compiled = compilePattern(patternParts(pattern));
  return all.flat().filter(({ name }) => matchesPattern(compiled, name));
}

/** So many names are given as examples. */
const EXAMPLES = 3;

/** What a pattern matches today, in words. */
export function todayText(today: readonly FoundRef[]): string {
  if (today.length === 0) return 'matches none today';
  const names = [...new Set(today.map(({ name }) => name))];
  const open = today.filter((ref) => !ref.protected).length;
  const examples = names.slice(0, EXAMPLES).join(', ');
  return [
    `matches ${names.length} today: ${examples}${names.length > EXAMPLES ? ', …' : ''}`,
    ...(open > 0 ? [`${open === today.length ? 'none' : today.length - open} protected`] : []),
  ].join('; ');
}
