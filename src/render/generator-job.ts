import generatorYml from '../../templates/gitlab-ci/generator.yml.hbs';
import type { Blueprint } from '../blueprint/blueprint.ts';
import { planAccess } from './plan-access.ts';
import { Rendered } from './template/template.ts';

/** The hidden job that installs this program, where the pipeline may run it. */
export function generatorJob({ ci: { generator } }: Blueprint): Rendered | false {
  if (!generator) return false;
  return new Rendered(generatorYml({ ...generator, isUrl: generator.from === 'url' }).trimEnd());
}

/** Whether the pipeline checks the plans that it is about to apply: where it may run this program, and plans are kept. */
export function lintsPlan(blueprint: Blueprint): boolean {
  const { ci, stacks } = blueprint;
  const isRemote = stacks.some(({ state }) => state.backend !== 'local');
  return isRemote && planAccess(blueprint) !== undefined && ci.generator !== undefined;
}
