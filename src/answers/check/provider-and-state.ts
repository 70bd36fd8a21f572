import { shown } from '../../text/flaw.ts';
import { checkBucket, checkStateKey } from '../../permissions/fields.ts';
import { QUOTAS } from '../../iam/quotas.ts';
import { checkRegion, checkThumbprint } from '../../iam/role-fields.ts';
import type { Answers } from '../schema.ts';
import { type At, ifGiven, checkList, within } from '../../text/collect.ts';

/** Thumbprints are for a provider that is made here, and few. */
export function checkProvider({ provider }: Answers, at: At): void {
  if (provider.thumbprints === undefined) return;
  if (provider.mode === 'existing') {
    at('provider.thumbprints')({
      what: 'the provider exists already, so its thumbprints are not set here',
      fix: 'Leave them out, or let this repository create the provider',
      flagFix: 'Leave --thumbprint out, or give --provider create',
    });
  }
  if (provider.thumbprints.length > QUOTAS.thumbprints) {
    at('provider.thumbprints')({
      what: `there are ${provider.thumbprints.length} thumbprints; AWS allows ${QUOTAS.thumbprints}`,
      fix: 'Keep those of the CAs in use',
    });
  }
  checkList(
    provider.thumbprints,
    (t) => t.toLowerCase(),
    checkThumbprint,
    within(at, 'provider.thumbprints'),
  );
}

/** Where Terraform keeps its state. */
export function checkState({ state, gitlab, aws }: Answers, at: At): void {
  if (state.backend === 's3') {
    at('state.bucket')(checkBucket(state.bucket));
    at('state.key')(checkStateKey(state.key));
    ifGiven(
      state.region,
      (region) => checkRegion(region, aws.partition ?? 'aws'),
      at('state.region'),
    );
  }
  if (state.backend === 'gitlab') {
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(state.name)) {
      at('state.name')({
        what: `${shown(state.name)} is not a name for a state in GitLab`,
        fix: 'Use letters, digits, _ and -',
      });
    }
    if (gitlab.repository === undefined) {
      at('gitlab.repository')({
        what: 'it is missing, and GitLab keeps the state in the project that holds this repository',
        fix: 'Give the path of that project',
      });
    }
  }
}
