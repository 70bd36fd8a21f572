import type { Scope } from '../../access/reach/reach.ts';
import type { PowerCertainty, Power, PowerKind, PowerLevel } from '../report.ts';

/** Services whose data gives access to more: what they hold are passwords and keys. */
const SECRETS = new Set(['secretsmanager', 'ssm']);

/** The power that one permission gives; an escalation counts where it leads somewhere, which is known elsewhere. */
function levelOfPower({ kind, of, scope }: Pick<Power, 'kind' | 'of' | 'scope'>): PowerLevel {
  if (kind === 'administrator') return 4;
  const strong = kind === 'read' ? SECRETS.has(of) : STRONG.includes(kind);
  return levelOfScope(scope, strong);
}

const STRONG: readonly PowerKind[] = ['write', 'run', 'expose'];

function levelOfScope(scope: Scope, strong: boolean): PowerLevel {
  if (scope === 'every') return strong ? 3 : 2;
  return scope === 'pattern' && strong ? 2 : 1;
}

/**
 * What a role's permissions come to.
 *
 * @param sure whether to count only what no condition and no gap of the input leaves open
 */
export function levelOfPowers(powers: readonly Power[], sure: boolean): PowerLevel {
  const counts = (certainty: PowerCertainty) => !sure || certainty === 'allowed';
  return powers.reduce<PowerLevel>((most, power) => {
    const level = counts(power.certainty) ? levelOfPower(power) : 0;
    return level > most ? level : most;
  }, 0);
}
