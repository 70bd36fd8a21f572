import { shown, type Flaw } from '../text/flaw.ts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function checkBucket(name: string): Flaw | undefined {
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !name.includes('..')) return undefined;
  return {
    what: `${shown(name)} is not a bucket name`,
    fix: 'Give the bare name: 3 to 63 lower-case letters, digits, dots and dashes, no s3://',
  };
}

/** A state key goes into a resource ARN, where `*`, `?` and `$` would mean something else. */
export function checkStateKey(key: string): Flaw | undefined {
  if (/^[A-Za-z0-9!_.'()-]+(\/[A-Za-z0-9!_.'()-]+)*$/.test(key) && key.length <= 1000)
    return undefined;
  return {
    what: `${shown(key)} is not a key for a state file`,
    fix: "Use letters, digits and !_.'()-, in parts separated by single slashes",
  };
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
export function checkSecretPrefix(prefix: string): Flaw | undefined {
  if (/^[A-Za-z0-9/_+=.@-]{1,512}$/.test(prefix)) return undefined;
  return {
    what: `${shown(prefix)} is not the beginning of a secret's name`,
    fix: 'Give what the names begin with, such as myapp/, without a wildcard',
  };
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
export function checkEcrRepository(name: string): Flaw | undefined {
  if (
    /^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(name) &&
    name.length <= 256
  ) {
    return undefined;
  }
  return {
    what: `${shown(name)} is not the name of an ECR repository`,
    fix: 'Give the name without the registry, such as mygroup/myimage',
  };
}
