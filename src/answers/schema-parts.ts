import * as v from 'valibot';
import { SUB_COMPONENTS } from '../gitlab/subject.ts';

/** A numeric ID of GitLab. */
export const id = (description: string) =>
  v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.maxValue(999_999_999_999_999),
    v.description(description),
  );

export const SubComponents = v.pipe(
  v.array(v.picklist(SUB_COMPONENTS)),
  v.minLength(1),
  v.description(
    "Components of the ID token's subject, in order, as in the project setting ci_id_token_sub_claim_components",
  ),
);
