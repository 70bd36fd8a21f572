import type { EstateRole } from './estate-role.ts';
import type { AuditedEstate } from './estate.ts';
import type { ReadRole } from './read-role.ts';

/** The roles of all inputs, each once: of two exports of a role the one that says more, as one with policies does. */
export class FoundRoles {
  /** How many gaps each role has. */
  readonly #gaps = new Map<string, number>();
  readonly #kept = new Map<string, EstateRole>();
  readonly #counts = new Map<string, number>();

  get size(): number {
    return this.#gaps.size;
  }

  add({ id, key, gaps, kept }: ReadRole): void {
    const known = this.#gaps.get(id);
    if (known === undefined)
      this.#counts.set(key.account, (this.#counts.get(key.account) ?? 0) + 1);
    else if (gaps >= known) return;
    this.#gaps.set(id, gaps);
    if (kept) this.#kept.set(id, kept);
    else this.#kept.delete(id);
  }

  result(): Pick<AuditedEstate, 'roles' | 'roleCounts'> {
    return { roles: [...this.#kept.values()], roleCounts: this.#counts };
  }
}
