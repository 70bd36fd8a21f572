import { shown } from '../../text/flaw.ts';
import { isGitlabCom, normalizeUrl } from '../../gitlab/instance-url.ts';
import type { IssuerConnection } from '../../gitlab/issuer/get-document.ts';
import { inspectIssuer, type IssuerReport } from '../../gitlab/issuer/inspect.ts';
import type { Findings } from '../../gitlab/settings/findings.ts';
import type { Person } from '../asker.ts';
import type { IssuerKnown } from './known.ts';

/**
 * Reads an instance's discovery document and keys as AWS would, and says what stands in the way of AWS. That of gitlab.com
 * is known.
 */
export async function lookAtIssuer(
  url: string,
  person: Person,
  findings: Findings,
  surroundings: IssuerConnection,
): Promise<IssuerKnown | undefined> {
  if (isGitlabCom(url)) return undefined;
  const host = url.slice('https://'.length);
  const waited = await person.wait(`${host}: reading its discovery document`, () =>
    inspectIssuer(url, surroundings),
  );
  if (waited?.answer.discovery.document === undefined) {
    findings.unchecked.add(
      `the issuer: who signs the tokens of ${host}, and whether AWS can reach it`,
    );
  }
  if (waited === undefined) return undefined;
  for (const note of issuerNotes(waited.answer)) person.say(note);
  return knownOf(waited.answer);
}

/** What a person should know of an issuer, a line each. */
export function issuerNotes(report: IssuerReport): string[] {
  const { url, discovery, issuer, jwks, obstacles } = report;
  const tls = (jwks ?? discovery).tls;
  const ofDocument = discovery.tls?.distrust;
  const failure = discovery.failure ?? jwks?.failure;
  return [
    ...(failure === undefined
      ? []
      : [
          `${(discovery.failure === undefined ? jwks : discovery)?.url ?? url} could not be read: ${failure}.`,
        ]),
    ...(issuer === undefined || issuer === url
      ? []
      : [`Its tokens are issued by ${shown(issuer)}.`]),
    ...obstacles.map(
      ({ host, what }) =>
        `! AWS cannot be expected to reach ${host}: it ${what}. From GitLab 18.1 on a public host can stand in as issuer.`,
    ),
    ...(ofDocument === undefined
      ? []
      : [
          `! The certificate of ${url.slice('https://'.length)} is not trusted here: ${ofDocument}. Give its CA with --ca-file.`,
        ]),
    ...(tls?.distrust === undefined || jwks === undefined
      ? []
      : [`! The certificate of the keys' host is not trusted here: ${tls.distrust}.`]),
    ...(tls && !tls.inOrder ? ['! Its certificates are sent in the wrong order.'] : []),
    ...(tls && tls.duplicates.length > 0 ? ['! It sends a certificate more than once.'] : []),
  ];
}

function knownOf(report: IssuerReport): IssuerKnown {
  const { url, discovery, issuer, jwks, thumbprint } = report;
  const normal = issuer === undefined ? undefined : normalizeUrl(issuer);
  const distrust = discovery.tls?.distrust ?? jwks?.tls?.distrust;
  const publicCa = distrust === undefined && jwks?.tls?.signer === 'public';
  return {
    distrust,
    issuer: normal && 'url' in normal && normal.url !== url ? normal.url : undefined,
    publicCa,
    thumbprints:
      publicCa || !thumbprint
        ? []
        : [thumbprint.sha1, ...(thumbprint.root === undefined ? [] : [thumbprint.root])],
    signedBy: thumbprint?.subject,
  };
}
