import { shown } from '../text/flaw.ts';
import { ProblemError } from '../text/problem.ts';
import type { FlagValues } from './flags.ts';
import { readPlace, type GitlabPlace } from './reading/places.ts';

/**
 * Flags in which the address of a project, as it is pasted from a browser, is the project's path. The branch or tag of an
 * address is taken too, unless flags name branches or tags.
 *
 * @param instanceUrl the instance that an address must be of
 * @throws {ProblemError} for an address that is not of a project there
 */
export function withPastedProjects(flags: FlagValues, instanceUrl: string): FlagValues {
  const places = flags.project?.map((text) =>
    isAddress(text) ? placeAt(text, instanceUrl) : text,
  );
  if (places === undefined) return flags;
  const refs = places.flatMap((place) => (typeof place === 'string' ? [] : (place.ref ?? [])));
  const named = (type: 'branch' | 'tag') =>
    refs.filter((ref) => ref.type === type).map(({ name }) => name);
  const isFree = flags.branch === undefined && flags.tag === undefined;
  const [branches, tags] = isFree ? [named('branch'), named('tag')] : [[], []];
  return {
    ...flags,
    project: places.map((place) => (typeof place === 'string' ? place : words(place))),
    ...(branches.length > 0 ? { branch: [...new Set(branches)] } : {}),
    ...(tags.length > 0 ? { tag: [...new Set(tags)] } : {}),
  };
}

function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

function placeAt(text: string, instanceUrl: string): GitlabPlace {
  const place = readPlace(text, instanceUrl);
  if (!('flaw' in place)) return place;
  const what = `${shown(text)} is not the address of a project of ${instanceUrl}`;
  throw new ProblemError([
    { where: '--project', what, fix: 'Give its path, e.g. mygroup/myproject' },
  ]);
}

function words({ path, id }: GitlabPlace): string {
  return id === undefined ? path : `${path}=${id}`;
}
