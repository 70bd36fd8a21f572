import { describe, expect, test } from '@jest/globals';
import { KNOWN_MISSES } from './known-misses.ts';
import { POLICIES, THEMES, type Token } from './policies.ts';
import { classOf, decide, run } from './program.ts';
import { claimsOf } from './tokens.ts';
import { agrees } from './who.ts';

describe.each(THEMES)('$name', ({ policies }) => {
  test.each(policies)('$id: $description', (policy) => {
    const { verdict, allowed, denied } = policy;
    const miss = KNOWN_MISSES.find(({ id }) => id === policy.id);
    const result = run(policy);
    expect({
      class: classOf(result),
      allowed: allowed && decide(result, allowed),
      denied: denied && decide(result, denied),
      who:
        'unreadable' in result || !agrees(verdict.who, result.access)
          ? 'differs'
          : 'as the verdict',
    }).toEqual({
      class: miss?.class ?? verdict.due,
      allowed: allowed && (miss?.allowed ?? 'allowed'),
      denied: denied && (miss?.denied ?? 'denied'),
      who: miss?.who ?? 'as the verdict',
    });
  });
});

describe('the set', () => {
  test('has at least seventy policies, each with a name of its own', () => {
    expect(POLICIES.length).toBeGreaterThanOrEqual(70);
    expect(new Set(POLICIES.map(({ id }) => id)).size).toBe(POLICIES.length);
  });

  test('has a token that is allowed where anybody may assume the role, and one that is denied', () => {
    const wrong = POLICIES.filter(({ verdict: { who }, allowed, denied }) => {
      const isClosed = who.kind === 'nobody' || who.kind === 'undetermined';
      return isClosed !== (allowed === null) || (who.kind === 'anyone') !== (denied === null);
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test('has tokens whose subjects agree with their claims', () => {
    const odd = POLICIES.flatMap(({ id, allowed, denied }) =>
      [allowed, denied].filter((one) => one !== null && !isConsistent(one)).map(() => id),
    );
    expect(odd).toEqual([]);
  });

  test('knows only misses of its own policies', () => {
    const ids = POLICIES.map(({ id }) => id);
    expect(KNOWN_MISSES.filter(({ id }) => !ids.includes(id))).toEqual([]);
  });
});

/** Every component of the subject is the claim of that name. */
function isConsistent({ claims }: Token): boolean {
  const all = claimsOf(claims);
  const parts = String(all['sub']).split(':');
  return parts.every((name, at) => at % 2 === 1 || String(all[name]) === parts[at + 1]);
}
