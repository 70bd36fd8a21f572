import type { GrantTerms, Limit, Who } from '../access/grant.ts';
import type { Ref } from '../gitlab/ref.ts';
import { like } from '../iam/evaluate/wildcard.ts';
import { hasWildcard } from '../iam/subject.ts';

/** Whether two grants may have a token in common: they are apart only where what they name shows it. */
export function mayOverlap(one: GrantTerms, other: GrantTerms): boolean {
  return (
    one.provider === other.provider &&
    patternsMeet(pathPattern(one.who), pathPattern(other.who)) &&
    !isExcluded(one.who, other.who) &&
    !isExcluded(other.who, one.who) &&
    idsMeet(one.who, other.who) &&
    one.refs.some((ref) => other.refs.some((theirs) => refsMeet(ref, theirs))) &&
    !areExcluded(one.refs, other.exceptRefs) &&
    !areExcluded(other.refs, one.exceptRefs) &&
    listsMeet(one.audiences, other.audiences, patternsMeet) &&
    one.limits.every((limit) => other.limits.every((theirs) => limitsMeet(limit, theirs)))
  );
}

/** What the paths of the projects are like. */
function pathPattern({ kind, path }: Who): string {
  if (path === undefined || kind === 'any') return '*';
  return kind === 'group' ? `${path}/*` : path;
}

/** Whether a text may match both: the parts before their first wildcards agree, and a text without one matches. */
function patternsMeet(one: string, other: string): boolean {
  if (!hasWildcard(one)) return like(other, one);
  if (!hasWildcard(other)) return like(one, other);
  const [shorter = '', longer = ''] = [one, other]
    .map((text) => text.slice(0, text.search(/[*?]/)))
    .sort((a, b) => a.length - b.length);
  return longer.startsWith(shorter);
}

function isExcluded({ exceptPaths }: Who, { kind, path }: Who): boolean {
  return (
    kind === 'project' && path !== undefined && exceptPaths.some((pattern) => like(pattern, path))
  );
}

function idsMeet(one: Who, other: Who): boolean {
  return !one.idPinned || !other.idPinned || listsMeet(one.ids, other.ids);
}

function refsMeet(one: Ref, other: Ref): boolean {
  return one.type === other.type && patternsMeet(one.name, other.name);
}

function areExcluded(refs: readonly Ref[], except: readonly Ref[]): boolean {
  return refs.every(
    ({ type, name }) =>
      !hasWildcard(name) && except.some((one) => one.type === type && like(one.name, name)),
  );
}

/** An empty list stands for any text. */
function listsMeet(
  one: readonly string[],
  other: readonly string[],
  meet = (text: string, theirs: string) => text === theirs,
): boolean {
  const isAny = one.length === 0 || other.length === 0;
  return isAny || one.some((text) => other.some((theirs) => meet(text, theirs)));
}

function limitsMeet(one: Limit, other: Limit): boolean {
  if (one.on === 'protected' && other.on === 'protected') return one.is === other.is;
  if (one.on === 'environment' && other.on === 'environment') {
    return one.protected === other.protected;
  }
  const isListed = one.on === 'tier' || one.on === 'source' || one.on === 'runner';
  return !isListed || one.on !== other.on || listsMeet(one.any, other.any);
}
