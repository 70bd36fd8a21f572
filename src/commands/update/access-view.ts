import type { AccessDiff } from '../../blueprint/access-diff/change.ts';
import { witnessArguments } from '../../compare/words.ts';

/** The access diff as docs/json.md describes it. */
export function accessView({ changes, moves }: AccessDiff) {
  return {
    changes: changes.map(({ kind, role, sources, text, witness }) => ({
      kind,
      role,
      sources,
      text,
      ...(witness && tokenView(witness)),
    })),
    moves: moves.map(({ type, from, to, fromModule, toModule, account }) => ({
      type,
      from,
      to,
      fromModule,
      toModule,
      account,
    })),
  };
}

function tokenView(witness: NonNullable<AccessDiff['changes'][number]['witness']>) {
  const { provider, claims, request } = witness;
  const { iss: _, ...decisive } = claims;
  return {
    witness: { provider, claims, request },
    check: witnessArguments({ witness, decisive }),
  };
}
