import type { EstateRole } from './estate-role.ts';
import type { AuditedEstate } from './estate.ts';
import type { ReadRole } from './read-role.ts';

/** Which input says most of a role. */
interface Best {
  readonly gaps: number;
  /** The number of the input. */
  readonly input: number;
}

type BestOfRoles = Map<string, Best>;

/** The roles of all inputs, each once: of two exports of a role the one that says more, as one with policies does. */
export class FoundRoles {
  /** By account and name, of the input that is being added. */
  #open = new Map<string, BestOfRoles>();
  /** The same of the inputs before, one text an account: few accounts are in several. */
  readonly #closed = new Map<string, string>();
  /** By input, then by id. */
  readonly #kept = new Map<number, Map<string, EstateRole>>();
  readonly #counts = new Map<string, number>();

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  add(input: number, roles: readonly ReadRole[]): void {
    for (const { id, key, gaps, kept } of roles) {
      const names = this.#namesOf(key.account);
      const best = names.get(key.name);
      if (best && gaps >= best.gaps) continue;
      if (best) this.#kept.get(best.input)?.delete(id);
      else this.#counts.set(key.account, (this.#counts.get(key.account) ?? 0) + 1);
      names.set(key.name, { gaps, input });
      if (kept) this.#keep(input, kept);
    }
    this.#close();
  }

  /** Replaces what is kept of the roles of an input that was added before. */
  keepOthers(input: number, roles: readonly ReadRole[]): void {
    this.#kept.delete(input);
    for (const { key, gaps, kept } of roles) {
      const names = this.#namesOf(key.account);
      const best = names.get(key.name);
      if (best?.input !== input || gaps > best.gaps) continue;
      // Another input may have shown more of it since.
      const isFuller = gaps < best.gaps;
      if (isFuller) names.set(key.name, { gaps, input });
      if (kept && (isFuller || !this.#kept.get(input)?.has(kept.id))) this.#keep(input, kept);
    }
    this.#close();
  }

  #keep(input: number, role: EstateRole): void {
    const known = this.#kept.get(input) ?? new Map<string, EstateRole>();
    this.#kept.set(input, known.set(role.id, role));
  }

  #namesOf(account: string): BestOfRoles {
    const known = this.#open.get(account) ?? namesIn(this.#closed.get(account) ?? '[]');
    this.#open.set(account, known);
    return known;
  }

  #close(): void {
    for (const [account, names] of this.#open)
      this.#closed.set(account, JSON.stringify([...names]));
    // A map that is cleared would hold on to what was in it: see BoundedCache.
    this.#open = new Map();
  }

  result(): Pick<AuditedEstate, 'roles' | 'roleCounts'> {
    const byInput = [...this.#kept].sort(([one], [other]) => one - other);
    return { roles: byInput.flatMap(([, kept]) => [...kept.values()]), roleCounts: this.#counts };
  }
}

function namesIn(closed: string): BestOfRoles {
  return new Map(JSON.parse(closed) as readonly [string, Best][]);
}
