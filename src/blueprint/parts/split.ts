import { trustPolicyLength } from '../../iam/trust-policy.ts';
import type { Entry, Issuer } from '../blueprint.ts';
import { statementsOf } from '../trust.ts';
import { type PartOf, refKey, sourceKey } from './placement.ts';

/** Raised when a single ref's trust policy is over the quota. */
export class TooLongForAnyRole extends Error {
  constructor(
    readonly entry: Entry,
    readonly length: number,
  ) {
    super(`the trust policy for ${entry.subject} alone has ${length} characters`);
  }
}

/** What one of the roles holds that a role is split into. */
interface FilledPart {
  /** From 1; numbers may be missing. */
  readonly number: number;
  readonly entries: Entry[];
  /** Characters of its trust policy. */
  length: number;
}

/** A project, a group, or one ref of either: what is in one part as a whole. */
type Unit = readonly Entry[];

/**
 * Divides entries among roles that hold them within the trust policy quota. What is in a part remains in it as long as
 * it fits; what is new, and what no longer fits, goes to the first part with room for it, or to a new part with the
 * lowest free number. A part with nothing in it is no more. Where nothing is in a part yet, the fewest parts are filled
 * in order.
 *
 * A project is kept whole unless it alone is too long, and a ref always: no job's role depends on whether its ref is protected.
 *
 * @param quota characters of one trust policy
 * @param partOf where things are; `undefined` where nothing is known
 * @returns the parts by number; the entries of each are in the given order
 * @throws {TooLongForAnyRole}
 */
export function splitToQuota(
  sources: readonly Unit[],
  issuer: Issuer,
  providerArn: string,
  quota: number,
  partOf?: PartOf,
): Pick<FilledPart, 'number' | 'entries'>[] {
  const parts = new Map<number, FilledPart>();
  const length = (entries: Unit) => trustPolicyLength(statementsOf(entries, issuer), providerArn);
  const fits = (part: FilledPart, unit: Unit): boolean => {
    if (part.length + leastOf(unit) > quota) return false;
    const together = length([...part.entries, ...unit]);
    if (together > quota) return false;
    part.entries.push(...unit);
    part.length = together;
    return true;
  };
  const open = (number: number): FilledPart => {
    const part = parts.get(number) ?? { number, entries: [], length: 0 };
    parts.set(number, part);
    return part;
  };
  let last: FilledPart | undefined;
  const place = (unit: Unit): boolean => {
    const candidates = partOf ? filledIn(parts) : last ? [last] : [];
    if (candidates.some((part) => fits(part, unit))) return true;
    if (length(unit) > quota) return false;
    last = open(lowestFree(parts));
    return fits(last, unit);
  };
  const keep = (unit: Unit, number: number | undefined): boolean =>
    number !== undefined && fits(open(number), unit);

  const remaining = sources.flatMap((source): Unit[] => {
    const [first] = source;
    if (!partOf || !first) return [source];
    const whole = partOf(sourceKey, first.grant);
    if (whole !== undefined && fits(open(whole), source)) return [];
    // A project that has become too long for one role keeps its role for as many refs as fit.
    const start = whole !== undefined && length(source) > quota ? whole : undefined;
    const refs = [...byRef(source)];
    const numbers = refs.map(([{ grant }]) => partOf(refKey, grant) ?? start);
    if (numbers.every((number) => number === undefined)) return [source];
    return refs.filter((unit, index) => !keep(unit, numbers[index]));
  });
  for (const source of remaining) {
    if (place(source)) continue;
    for (const unit of byRef(source)) {
      if (!place(unit)) throw new TooLongForAnyRole(unit[0], length(unit));
    }
  }
  const position = new Map(sources.flat().map((entry, index) => [entry, index]));
  const at = (entry: Entry) => position.get(entry) ?? 0;
  return filledIn(parts).map(({ number, entries }) => ({
    number,
    entries: entries.sort((one, other) => at(one) - at(other)),
  }));
}

/** Fewer characters than this no unit adds to a policy: its subjects, each with quotes. */
function leastOf(unit: Unit): number {
  return unit.reduce((sum, { subject }) => sum + subject.length + 2, 0);
}

/** The parts that hold something, by number. */
function filledIn(parts: ReadonlyMap<number, FilledPart>): FilledPart[] {
  return [...parts.values()]
    .filter(({ entries }) => entries.length > 0)
    .sort((one, other) => one.number - other.number);
}

function lowestFree(parts: ReadonlyMap<number, FilledPart>): number {
  let number = 1;
  while ((parts.get(number)?.entries.length ?? 0) > 0) number++;
  return number;
}

/** The entries of each ref, which share a grant. */
function byRef(source: Unit): Iterable<readonly [Entry, ...Entry[]]> {
  const units = new Map<Entry['grant'], [Entry, ...Entry[]]>();
  for (const entry of source) {
    const unit = units.get(entry.grant);
    if (unit) unit.push(entry);
    else units.set(entry.grant, [entry]);
  }
  return units.values();
}
