import { shown, type Flaw } from '../text/flaw.ts';
import { PARTITIONS, type Partition } from './arn.ts';
import { QUOTAS } from './quotas.ts';

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export function checkRoleName(name: string): Flaw | undefined {
  const fix = `Use 1 to ${QUOTAS.roleName} letters, digits and _+=,.@-`;
  if (name === '') return { what: 'the role name is empty', fix };
  if (!/^[A-Za-z0-9_+=,.@-]+$/.test(name)) {
    return { what: `${shown(name)} holds a character that AWS does not allow in a role name`, fix };
  }
  if (name.length > QUOTAS.roleName) {
    return {
      what: `the role name has ${name.length} characters; AWS allows ${QUOTAS.roleName}`,
      fix,
    };
  }
  return undefined;
}

export function checkPolicyName(name: string): Flaw | undefined {
  const fix = `Use 1 to ${QUOTAS.policyName} letters, digits and _+=,.@-`;
  if (!/^[A-Za-z0-9_+=,.@-]+$/.test(name)) {
    return { what: `${shown(name)} is not a valid policy name`, fix };
  }
  if (name.length > QUOTAS.policyName) {
    return {
      what: `the policy name has ${name.length} characters; AWS allows ${QUOTAS.policyName}`,
      fix,
    };
  }
  return undefined;
}

/** GitLab puts a CI/CD variable in for this, as for `$NAME`, in the ARN and the audience of the CI file. */
const GITLAB_VARIABLE = /%[A-Za-z_]\w*%/;

export function checkRolePath(path: string): Flaw | undefined {
  const fix = 'Begin and end it with a slash, such as /gitlab/, and use printable ASCII in between';
  if (!/^\/([\u0021-\u007e]+\/)?$/.test(path)) {
    return { what: `${shown(path)} is not a valid IAM path`, fix };
  }
  const variable = GITLAB_VARIABLE.exec(path);
  if (variable) {
    return {
      what: `${shown(variable[0])} is a variable to GitLab, which has no escape for it`,
      fix,
    };
  }
  if (path.length > QUOTAS.rolePath) {
    return { what: `the path has ${path.length} characters; IAM allows ${QUOTAS.rolePath}`, fix };
  }
  return undefined;
}

export function checkDescription(text: string): Flaw | undefined {
  if (text.length > QUOTAS.description) {
    return {
      what: `the description has ${text.length} characters; AWS allows ${QUOTAS.description}`,
      fix: 'Shorten it',
    };
  }
  // eslint-disable-next-line no-control-regex -- the very set that AWS documents
  const outside = /[^\u0009\u000a\u000d\u0020-\u007e\u00a1-\u00ff]/u.exec(text);
  if (!outside) return undefined;
  return {
    what: `the description holds ${shown(outside[0])}, but AWS accepts Latin-1 characters only`,
    fix: 'Leave that character out',
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html */
export function checkTags(tags: Readonly<Record<string, string>>): Flaw | undefined {
  const entries = Object.entries(tags);
  if (entries.length > QUOTAS.tags) {
    return {
      what: `there are ${entries.length} tags; AWS allows ${QUOTAS.tags}`,
      fix: 'Leave some out',
    };
  }
  const fix = 'Use letters, digits, spaces and _.:/=+-@, and no key that begins with aws:';
  const folded = new Map<string, string>();
  const denormal = entries.flat().find((text) => text !== text.normalize('NFC'));
  if (denormal !== undefined) {
    return {
      what: `${shown(denormal)} is not in Unicode's composed form (NFC), and Terraform would change it`,
      fix: 'Type its accented characters as one character each',
    };
  }
  for (const [key, value] of entries) {
    const twin = folded.get(key.toLowerCase());
    if (twin !== undefined) {
      return {
        what: `the tag keys ${shown(twin)} and ${shown(key)} differ in case only`,
        fix: 'Keep one',
      };
    }
    folded.set(key.toLowerCase(), key);
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u.test(key) || /^aws:/i.test(key)) {
      return { what: `${shown(key)} is not a valid tag key`, fix };
    }
    if (key.length > QUOTAS.tagKey || value.length > QUOTAS.tagValue) {
      return {
        what: `tag ${shown(key)} has a key of ${key.length} and a value of ${value.length} characters; AWS allows ${QUOTAS.tagKey} and ${QUOTAS.tagValue}`,
        fix: 'Shorten it',
      };
    }
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(value)) {
      return {
        what: `the value ${shown(value)} of tag ${shown(key)} is not valid in AWS`,
        fix,
      };
    }
  }
  return undefined;
}

/** @param seconds the role's maximum session duration */
export function checkSessionDuration(seconds: number): Flaw | undefined {
  const { sessionMin, sessionMax } = QUOTAS;
  if (Number.isInteger(seconds) && seconds >= sessionMin && seconds <= sessionMax) return undefined;
  return {
    what: `${seconds} seconds is not a session duration that a role can have`,
    fix: `Give ${sessionMin} (one hour) to ${sessionMax} (twelve hours) seconds`,
  };
}

export function checkThumbprint(thumbprint: string): Flaw | undefined {
  if (/^[0-9a-f]{40}$/i.test(thumbprint)) return undefined;
  return {
    what: `${shown(thumbprint)} is not a thumbprint`,
    fix: 'Give 40 hex digits: the SHA-1 of the top intermediate CA of the host that serves the JWKS',
  };
}

/** The audience goes into a policy, a provider and the CI file; GitLab expands variables in the last. */
export function checkAudience(audience: string): Flaw | undefined {
  const fix = 'Use the address of the instance, or sts.amazonaws.com';
  if (audience === '') return { what: 'the audience is empty', fix };
  if (audience.length > QUOTAS.audience) {
    return {
      what: `the audience has ${audience.length} characters; AWS allows ${QUOTAS.audience}`,
      fix,
    };
  }
  if (!/^[!-#%-)+->@-~]+$/.test(audience)) {
    return {
      what: `${shown(audience)} holds a space, a $, a wildcard or a character outside ASCII`,
      fix,
    };
  }
  const variable = GITLAB_VARIABLE.exec(audience);
  if (variable) {
    return {
      what: `${shown(variable[0])} is a variable to GitLab, which has no escape for it`,
      fix,
    };
  }
  return undefined;
}

/** @param partition the partition that the region must be of, where it is known */
export function checkRegion(region: string, partition?: Partition): Flaw | undefined {
  if (/^(?:eusc|us-iso[a-z]*|eu-isoe)-/.test(region)) {
    return {
      what: `${shown(region)} is of a partition that is not supported`,
      fix: `Give a region of ${PARTITIONS.join(', ')}`,
    };
  }
  if (/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) {
    const own = partitionOf(region);
    if (partition === undefined || own === partition) return undefined;
    return {
      what: `${shown(region)} is a region of partition ${own}, and the partition is ${partition}`,
      fix: `Give a region of ${partition}, or set aws.partition to ${own}`,
      flagFix: `Give a region of ${partition}, or --partition ${own}`,
    };
  }
  return { what: `${shown(region)} is not an AWS region`, fix: 'Give one such as eu-west-1' };
}

/** The partition that a region is in. */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

export function checkAccountId(id: string): Flaw | undefined {
  if (/^\d{12}$/.test(id)) return undefined;
  const what = `${shown(id)} is not an AWS account ID`;
  return { what, fix: 'Give its 12 digits, in quotes', flagFix: 'Give its 12 digits' };
}
