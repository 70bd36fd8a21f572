import { dead } from './dead.ts';
import { elements } from './elements.ts';
import { guards } from './guards.ts';
import { subjects } from './subjects.ts';
import type { Scenario } from './vector.ts';

/** Every scenario; a policy with one token is one vector. */
export const SCENARIOS: readonly Scenario[] = [...subjects, ...guards, ...dead, ...elements];
