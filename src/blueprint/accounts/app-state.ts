import type { State } from '../blueprint.ts';

/**
 * Where the app for several accounts keeps a state. Its resources have other addresses than those of the HCL, where a
 * module makes the shared ones, so the two cannot have one state.
 */
export function appStateOf(state: State): State {
  switch (state.backend) {
    case 'local':
      return state;
    case 's3':
      return { ...state, key: `cdktf/${state.key}` };
    case 'gitlab':
      return { ...state, address: state.address.replace(/[^/]+$/, (name) => `cdktf-${name}`) };
  }
}
