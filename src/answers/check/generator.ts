import { type Flaw, shown } from '../../text/flaw.ts';
import type { Answers } from '../schema.ts';
import { type At, ifGiven } from '../../text/collect.ts';

/** Characters that npm takes for a package, each of them plain in a shell and in YAML. */
const NAME = String.raw`(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*`;
/** @see https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string */
const VERSION = String.raw`(?:(?:0|[1-9]\d{0,14})\.){2}(?:0|[1-9]\d{0,14})(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*)?`;
const PACKAGE = new RegExp(`^${NAME}@${VERSION}$`);
/** No user, password, query or fragment: a CI file is not a place for secrets. */
const TARBALL =
  /^https:\/\/[a-z0-9][a-z0-9.-]*(?::\d{1,5})?(?:\/[A-Za-z0-9._%@+-]+)+\.(?:tgz|tar\.gz)$/;
/** The 64 bytes of SHA-512 in base64. */
const INTEGRITY = /^sha512-[A-Za-z0-9+/]{85}[AQgw]==$/;
/** npm's limit of a name; an address or a version is shorter in practice. */
const MOST_CHARACTERS = 214;

/** The package that the pipeline runs: exactly one, and never in a job that holds a token. */
export function checkGenerator({ ci: { credentials, generator } }: Answers, at: At): void {
  if (generator === undefined || generator === 'none') return;
  at('ci.generator.package')(checkPackage(generator.package));
  ifGiven(generator.integrity, checkIntegrity, at('ci.generator.integrity'));
  if (TARBALL.test(generator.package) && generator.integrity === undefined) {
    at('ci.generator.integrity')({
      what: 'it is missing, and a URL alone does not say which package it will serve tomorrow',
      fix: 'Add sha512- and the base64 digest of the tarball',
      flagFix: 'Give sha512- and the base64 digest of the tarball with --generator-integrity',
    });
  }
  if (credentials === 'legacy-jwt') {
    at('ci.generator')({
      what: 'GitLab gives CI_JOB_JWT_V2 to every job, so a job that runs a package would hold the token',
      fix: 'Leave ci.generator out, or use ci.credentials: web-identity',
      flagFix: 'Leave --generator out, or use --credentials web-identity',
    });
  }
}

function checkPackage(text: string): Flaw | undefined {
  if (text.length <= MOST_CHARACTERS && (PACKAGE.test(text) || TARBALL.test(text)))
    return undefined;
  return {
    what: `${shown(text)} is neither an npm package with its exact version nor the https URL of a .tgz`,
    fix: 'Write it as create-gitlab-aws-oidc@1.2.3, @mygroup/create-gitlab-aws-oidc@1.2.3 or https://example.com/package.tgz',
  };
}

function checkIntegrity(text: string): Flaw | undefined {
  if (INTEGRITY.test(text)) return undefined;
  return {
    what: `${shown(text)} is not a SHA-512 integrity`,
    fix: 'Copy it from npm view PACKAGE dist.integrity: sha512- and 88 characters of base64',
  };
}
