import type { Draft } from '../answers/read.ts';
import { DEFAULT_COMPONENTS, type SubComponent } from '../gitlab/subject.ts';
import type { Asker } from './asker.ts';
import { firstFlaw } from './first-flaw.ts';
import { chooseSources } from './guide/choose-sources.ts';
import type { Guide } from './guide/guide.ts';
import { projectAnswer } from './guide/project-answer.ts';
import { listOf } from './list.ts';
import { idsFor, readIds } from './reading/ids.ts';
import { readPlace, type GitlabPlace } from './reading/places.ts';

/** What is known of the projects asked for, beside what the person says. */
interface KnownOfSources {
  /** The instance that they are of. */
  readonly url: string;
  /** Whether a project's id counts. */
  readonly ids: boolean;
  /** The form that the answers give all subjects, where they do. */
  readonly components: readonly SubComponent[] | undefined;
  readonly guide: Guide | undefined;
}

/** A role with the projects and groups that can assume it. */
export interface Sources {
  readonly role: Draft;
  /** Branches and tags of the addresses that were pasted. */
  readonly refs: readonly NonNullable<GitlabPlace['ref']>[];
}

const MESSAGE = 'Projects that can assume the role';

/** Asks for projects, with their ids where those count, and for whole groups, which need a yes. */
export async function askSources(
  role: Draft,
  known: KnownOfSources,
  asker: Asker,
): Promise<Sources> {
  const picked = known.guide && (await chooseSources(known.guide, MESSAGE));
  const words = picked ?? listOf(await typedSources(asker, known));
  const places = words.flatMap((word) => {
    const place = readPlace(word, known.url);
    return 'flaw' in place ? [] : [place];
  });
  const groups: Draft[] = [];
  for (const { path, id } of unique(places.filter(({ kind }) => kind === 'group'))) {
    const isMeant = await asker.yes({
      flag: 'accept-new-projects',
      message: `Allow every project in ${path}, now and later?`,
      why: 'Anyone who can create a project there can then assume the role.',
      default: false,
      quick: true,
    });
    const namespace = id === undefined ? {} : { namespace_id: id };
    if (isMeant) groups.push({ path, ...namespace, accept_new_projects: true });
  }
  const projects = await projectsOf(
    unique(places.filter(({ kind }) => kind === 'project')),
    known,
    asker,
  );
  if (projects.length === 0 && groups.length === 0 && words.length > 0)
    return askSources(role, known, asker);
  return {
    role: {
      ...role,
      ...(projects.length > 0 ? { projects } : {}),
      ...(groups.length > 0 ? { groups } : {}),
    },
    refs: places.flatMap(({ ref }) => ref ?? []),
  };
}

function typedSources(asker: Asker, { url, ids }: KnownOfSources): Promise<string> {
  return asker.text({
    flag: 'project',
    message: MESSAGE,
    why: ids
      ? 'Comma-separated paths, with IDs if known, e.g. mygroup/myproject=20. Use mygroup/* for a group.'
      : 'Comma-separated paths, e.g. mygroup/myproject. Use mygroup/* for every project in a group.',
    quick: true,
    check: (text) => {
      if (listOf(text).length === 0)
        return { what: 'No project is named', fix: 'Type a path, e.g. mygroup/myproject' };
      return firstFlaw((word) => {
        const place = readPlace(word, url);
        return 'flaw' in place ? place.flaw : undefined;
      })(text);
    },
  });
}

async function projectsOf(
  places: readonly GitlabPlace[],
  known: KnownOfSources,
  asker: Asker,
): Promise<Draft[]> {
  const { guide, components = DEFAULT_COMPONENTS } = known;
  const shared = { components, chosen: known.components !== undefined };
  const projects = new Map<string, Draft>();
  const unknown: GitlabPlace[] = [];
  for (const place of places) {
    const answer = guide && (await projectAnswer(place.path, shared, guide));
    const { path = place.path, id = place.id } = (answer ?? {}) as { path?: string; id?: number };
    // A previous path and the current one may be of the same project.
    projects.set(path, answer ?? { path, ...(id === undefined ? {} : { id }) });
    if (id === undefined) unknown.push(place);
  }
  const ids =
    known.ids && unknown.length > 0 ? await askIds(unknown, asker) : new Map<string, number>();
  for (const [path, id] of ids) projects.set(path, { path, id });
  return [...projects.values()];
}

/** Asks for the ids that are missing, all in one answer. */
async function askIds(
  places: readonly GitlabPlace[],
  asker: Asker,
): Promise<ReadonlyMap<string, number>> {
  const paths = places.map(({ path }) => path);
  const [first = ''] = paths;
  const text = await asker.text({
    flag: 'project',
    message: paths.length === 1 ? `ID of ${first}` : `IDs of the ${paths.length} projects`,
    why:
      paths.length === 1
        ? 'Ties the role to this project, even if its path is reused later, e.g. 20.'
        : `In the same order, or by path, e.g. ${first}=20. Press Enter to skip.`,
    optional: true,
    check: (line) => {
      const read = readIds(line, paths);
      return 'flaw' in read ? read.flaw : undefined;
    },
  });
  return idsFor(text, paths);
}

function unique(places: readonly GitlabPlace[]): GitlabPlace[] {
  const byPath = new Map<string, GitlabPlace>();
  for (const place of places) {
    const before = byPath.get(place.path);
    if (before?.id === undefined) byPath.set(place.path, place);
  }
  return [...byPath.values()];
}
