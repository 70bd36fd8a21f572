import type { Collector } from '../collector.ts';
import { aliasOf, type Configuration } from './configuration.ts';
import { Evaluator, isRepeated } from './evaluate.ts';
import { readResources } from './read-resources.ts';

const FIX = 'Give the plan (terraform show -json) or the state, in which everything is written out';

/** Reads the IAM resources of a configuration; what does not follow from it alone is reported as unreadable. */
export function readConfiguration(configuration: Configuration, into: Collector): void {
  const evaluator = new Evaluator(configuration);
  const own = configuration.resources.filter(({ type }) => type.startsWith('aws_iam_'));
  for (const { address, type, body, at } of own) {
    if (isRepeated(body) && type !== 'aws_iam_policy_document')
      into.unreadable(
        at,
        `${address} cannot be determined: count or for_each makes it several times or not at all`,
        FIX,
        type === 'aws_iam_role' ? address : undefined,
      );
  }
  for (const { name, at } of configuration.modules)
    into.unreadable(at, `module.${name} is not followed: roles in it are not read`, FIX);
  // Each AWS provider makes its resources in an account of its own, where roles may have equal names.
  for (const alias of new Set(own.map(({ body }) => aliasOf(body)))) {
    readResources(
      own
        .filter(({ body }) => !isRepeated(body) && aliasOf(body) === alias)
        .map(({ address, type, mode, body, at }) => ({
          address,
          type,
          mode,
          values: evaluator.valuesOf(body),
          at,
        })),
      evaluator.surroundingsOf(alias),
      into,
    );
  }
}
