import { join } from 'node:path';
import { gitlabIssuers } from '../../access/gitlab-issuers.ts';
import type { UnreadableItem } from '../../access/role-context.ts';
import { mergeInventories } from '../../aws/inputs/merge.ts';
import { notesOnVariables } from '../../repository/policy-inputs.ts';
import { ProblemError } from '../../text/problem.ts';
import type { LiveReading } from '../live/read-live.ts';
import { organizationRules, undecidedPolicies } from '../../access/reach/organization.ts';
import type { AuditedEstate } from './estate.ts';
import { notesOfProviders, providersOfEstate } from './providers.ts';
import { RolesOfInputs } from './roles-of-inputs.ts';
import { readDump, surveyOf } from './survey.ts';
import {
  liveProviders,
  liveRules,
  notesOfVisits,
  readVisit,
  unreadVisits,
} from './live-accounts.ts';

/**
 * Reads an estate. What AWS prints of an account is read by itself and given up before the next, so memory holds one dump,
 * and of each role what an audit needs. A file that cannot be read is an item of the result.
 *
 * @param issuers known to be GitLab, without `https://`
 * @param live what AWS was asked for
 * @param onDump is called before each dump, with its number and how many there are
 * @param since ISO 8601, where only requests from then on count
 * @throws {ProblemError} for an input that does not exist, or where there is no role in any
 */
export async function readEstate(
  inputs: readonly string[],
  issuers: readonly string[],
  live?: LiveReading,
  onDump: (number: number, of: number) => void = () => undefined,
  since?: string,
): Promise<AuditedEstate> {
  const survey = await surveyOf(inputs);
  const visits = live?.visits ?? [];
  const asked = visits.flatMap(({ found }) => found ?? []);
  for (const { account } of asked) survey.listed.add(account);
  const small = mergeInventories(survey.inventories);
  const providers = providersOfEstate(
    [...small.providers, ...asked.flatMap(liveProviders)],
    (file) => survey.owners.of(file),
    (file) => survey.owners.partitionOf(file),
  );
  const isGitlab = gitlabIssuers(
    small.roles.map(({ trust }) => trust),
    [...issuers, ...survey.gitlabs, ...asked.flatMap(({ gitlabs }) => gitlabs)],
  );
  const rulesOfAsked = liveRules(asked);
  const rules = organizationRules(small.policies);
  const roles = new RolesOfInputs({
    isGitlab,
    since,
    organizationOf: (account) => rulesOfAsked(account) ?? rules,
    providers,
  });
  const unreadable = [
    ...survey.unreadable,
    ...small.unreadable,
    ...(live ? unreadVisits(live) : []),
  ];
  // What is not a dump was read as one input, before all dumps.
  const read = [
    () => Promise.resolve(small),
    ...survey.dumps.map((dump) => () => readDump(dump, survey.held)),
    ...asked.map((account) => () => readVisit(account)),
  ];
  for (const [at, inventoryOf] of read.entries()) {
    if (at > 0) onDump(at, read.length - 1);
    const inventory = await inventoryOf();
    if (at > 0) {
      unreadable.push(...inventory.unreadable);
      survey.notes.push(...notesOnVariables(inventory));
    }
    roles.take(at, inventory);
  }
  for (const at of roles.withDocuments) {
    const inventory = await read[at]?.();
    if (inventory) roles.learn(inventory);
  }
  for (let again = roles.again; again.length > 0; again = roles.again)
    for (const at of again) {
      const inventory = await read[at]?.();
      if (inventory) roles.takeAgain(at, inventory);
    }
  // Where no account of an organization could be read, that is the result.
  if (roles.isEmpty && visits.length < 2) throw nothingFound(inputs, unreadable);
  return {
    inputs: [...inputs, ...(live ? [inputOf(live)] : [])],
    ...roles.result(),
    accountNames: new Map([
      ...survey.names,
      ...visits.flatMap(({ account, name }): [string, string][] =>
        name === undefined ? [] : [[account, name]],
      ),
    ]),
    providers,
    listed: survey.listed,
    isGitlab,
    unreadable: unreadable.map(withoutText),
    notes: [
      ...survey.notes,
      ...undecidedPolicies(small.policies),
      ...notesOfVisits(visits),
      ...notesOfProviders(providers),
    ],
    visits,
  };
}

function inputOf({ identity, organization }: LiveReading): string {
  return organization === undefined
    ? `AWS, as ${identity}`
    : `AWS, the organization of ${identity}, by the role ${organization}`;
}

/** Lines are looked up now, since the text is given up. */
function withoutText({ place, ...rest }: UnreadableItem): UnreadableItem {
  const { file, path, line } = place;
  return { ...rest, place: { file, path, line } };
}

function nothingFound(
  inputs: readonly string[],
  unreadable: readonly UnreadableItem[],
): ProblemError {
  const [first] = unreadable;
  return new ProblemError([
    {
      where: first ? join(first.place.file) : inputs.join(' '),
      what: first?.what ?? 'It holds no role',
      fix: first?.fix ?? 'Give dumps of accounts: docs/audit.md has the commands',
    },
  ]);
}
