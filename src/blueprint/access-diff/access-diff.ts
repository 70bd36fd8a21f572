import type { Effect } from '../../compare/effects.ts';
import { effectInWords } from '../../compare/words.ts';
import type { Blueprint } from '../blueprint.ts';
import type { AccessChange, AccessDiff } from './change.ts';
import { conditionChanges } from './condition-changes.ts';
import { type Judge, judgeOf } from './judge.ts';
import { movesOf } from './moves.ts';
import { organizationChanges } from './organization-changes.ts';
import { pairGrants } from './pair-grants.ts';
import { pairRoles } from './pair-roles.ts';
import { boundaryChanges, pipelinePairs, pipelineRoleChanges } from './pipeline-changes.ts';
import { permissionChanges } from './permission-changes.ts';
import { refChangeInWords, refChanges } from './ref-changes.ts';
import { roleChanges } from './role-changes.ts';
import { sharedChanges } from './shared-changes.ts';
import { splitMoveInWords, splitMoves } from './split-moves.ts';

/**
 * Who gains and who loses access between two blueprints, and what else becomes different in it; nothing where only the
 * order of roles, projects, refs or policies does. `compare` decides each, and this finds the words. Changes for everyone
 * come first, then role by role.
 */
export function accessDiff(before: Blueprint, after: Blueprint): AccessDiff {
  const [had, has] = [before.stacks[0], after.stacks[0]];
  const ofRcp = new Set(organizationChanges(before, after).map(({ kind }) => kind));
  const isReported = (kind: 'gained' | 'lost') => ofRcp.has(kind) || ofRcp.has('changed');
  const reported = { gains: isReported('gained'), losses: isReported('lost') };
  const ownPairs = pairRoles(had.roles, has.roles);
  const ofPipeline = pipelinePairs(before, after);
  const judged = [...ownPairs, ...ofPipeline].map((pair) => {
    const judge = judgeOf(pair, before, after, reported);
    const grants = pairGrants(pair.before?.grants ?? [], pair.after?.grants ?? []);
    return { pair, judge, grants, refs: grants.flatMap((one) => refChanges(one, pair, judge)) };
  });
  const { moves, rest } = splitMoves(judged.flatMap(({ refs }) => refs));
  const ofRole = ({ pair, judge, grants }: (typeof judged)[number]): AccessChange[] => {
    const name = (pair.after ?? pair.before)?.name ?? '';
    const isOf = (role: unknown) => role === pair.after || role === pair.before;
    const found = [
      ...rest.filter(({ role }) => isOf(role)).map((change) => refChangeInWords(change, name)),
      ...grants.flatMap((one) => conditionChanges(one, name, judge)),
    ];
    const kinds = new Set(found.map(({ kind }) => kind));
    const isSaid = (kind: 'gained' | 'lost') =>
      kinds.has(kind) || kinds.has('changed') || moves.some((move) => isOf(move[kind].role));
    const untold = judge.effects({ gains: !isSaid('gained'), losses: !isSaid('lost') });
    return [
      ...(ofPipeline.includes(pair)
        ? pipelineRoleChanges(pair, after.shared === undefined)
        : roleChanges(pair, judge.facts)
      ).map((change) => withToken(change, judge)),
      ...moves.filter(({ gained }) => gained.role === pair.after).map(splitMoveInWords),
      ...found,
      ...untold.map((effect) => effectChange(effect, name)),
      ...(pair.before && pair.after ? permissionChanges(pair.before, pair.after, judge.facts) : []),
    ];
  };
  return {
    changes: [
      ...sharedChanges(before, after),
      ...boundaryChanges(before, after),
      ...judged.flatMap(ofRole),
    ],
    moves: ownPairs.flatMap(movesOf),
  };
}

/** A role that is new or gone with a token that it allows, or allowed. */
function withToken(change: AccessChange, judge: Judge): AccessChange {
  if (change.kind !== 'role-added' && change.kind !== 'role-removed') return change;
  const { gained, lost } = judge.tokens();
  const witness = change.kind === 'role-added' ? gained : lost;
  return witness === undefined ? change : { ...change, witness };
}

/** An effect that no entry of the answers explains alone. */
function effectChange(effect: Effect, role: string): AccessChange {
  const gains = effect.kind === 'gains' || effect.kind === 'looser';
  const { path } = effect.grant?.who ?? {};
  return {
    kind: gains ? 'gained' : 'lost',
    role,
    sources: path === undefined ? [] : [path],
    text: `${role} ${gains ? 'may now' : 'may no longer'} be assumed by ${effectInWords(effect)}`,
    witness: effect.witness,
  };
}
