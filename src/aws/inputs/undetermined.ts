/** A value that the input does not determine, and why. */
export class Undetermined {
  /** @param reason a clause, as in "var.name has no default" */
  constructor(readonly reason: string) {}
}

/** A value that there is not, whatever else is known: Terraform stops there, and `try()` goes on. */
export class Missing extends Undetermined {}

/**
 * What identifies a resource of the input, such as the name of a role, where it is not determined: whose it is, is known all
 * the same. Nothing is made of it: `"${aws_iam_role.ci.name}-x"` is {@link Undetermined} alone.
 */
export class UnknownIdentifier extends Undetermined {
  /** @param address of the resource, with modules and index */
  constructor(
    reason: string,
    readonly address: string,
  ) {
    super(reason);
  }
}

/** The same value, but nobody's. */
export function withoutIdentity(value: unknown): unknown {
  return value instanceof UnknownIdentifier ? new Undetermined(value.reason) : value;
}

/** The first reason for which a value, or a part of it, is not determined. */
export function undeterminedIn(value: unknown): Undetermined | undefined {
  if (value instanceof Undetermined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const one of Object.values(value)) {
    const found = undeterminedIn(one);
    if (found) return found;
  }
  return undefined;
}
