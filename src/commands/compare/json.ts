import type { Reason } from '../../access/questions.ts';
import type { UnreadableItem } from '../../access/role-context.ts';
import { reasonInWords } from '../../access/words.ts';
import type { RoleDifference } from '../../compare/compare-inventories.ts';
import type { Effect } from '../../compare/effects.ts';
import {
  effectInWords,
  factInWords,
  providerInWords,
  witnessArguments,
} from '../../compare/words.ts';
import { jsonText } from '../../text/json-text.ts';
import type { ComparisonResult } from './result.ts';

/** The comparison as docs/compare.md describes it. */
export function json({ comparison, totals, before, after }: ComparisonResult): string {
  const { gains, loses, permissions, changes } = totals;
  const { roles, providers, unreadable } = comparison;
  const result = {
    ok: true,
    before,
    after,
    gains,
    loses,
    permissions,
    changes,
    roles: roles.map(roleView),
    providers: providers.map((change) => ({ ...change, text: providerInWords(change) })),
    unreadable: {
      before: unreadable.before.map(unreadableView),
      after: unreadable.after.map(unreadableView),
    },
  };
  return `${jsonText(result)}\n`;
}

function roleView({ key, labels, change, gains, loses, effects, facts, reasons }: RoleDifference) {
  return {
    key: { account: key.account, name: key.name },
    labels,
    change,
    gains,
    loses,
    effects: effects.map(effectView),
    facts: facts.map((fact) => ({ ...fact, text: factInWords(fact) })),
    undetermined: reasons.map(reasonView),
  };
}

function effectView(effect: Effect) {
  const { kind, grant, except, witness } = effect;
  const { provider, claims, request } = witness;
  return {
    kind,
    text: effectInWords(effect),
    who: grant?.who ?? null,
    refs: grant?.refs ?? null,
    limits: grant?.limits ?? null,
    except: except.map(({ who, refs, exceptRefs, limits }) => ({ who, refs, exceptRefs, limits })),
    witness: { provider, claims, request },
    check: witnessArguments(effect),
  };
}

function reasonView(reason: Reason) {
  return { ...reason, text: reasonInWords(reason) };
}

function unreadableView({ place: { file, path, line }, what, fix }: UnreadableItem) {
  return { place: { file, path, line }, what, fix };
}
