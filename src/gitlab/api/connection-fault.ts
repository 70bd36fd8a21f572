import type { Flaw } from '../../text/flaw.ts';
import { BOUND_FAULTS } from './bound-fault.ts';
import { GitlabFault } from './fault.ts';

const CA = 'Pass the certificate of its CA with --ca-file or NODE_EXTRA_CA_CERTS';

type FaultText = (host: string) => Flaw;

const unknownCa: FaultText = (host) => ({
  what: `the certificate of ${host} comes from a CA that this machine does not trust`,
  fix: CA,
});

const unreachable: FaultText = (host) => ({
  what: `${host} cannot be reached from this machine`,
  fix: 'Check the network, the VPN and HTTPS_PROXY',
});

/** What Node's and OpenSSL's error codes mean. @see https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const FAULTS: Readonly<Record<string, FaultText>> = {
  CERT_HAS_EXPIRED: (host) => ({
    what: `the certificate of ${host} has expired`,
    fix: 'Renew it; AWS rejects it too',
  }),
  CERT_NOT_YET_VALID: (host) => ({
    what: `the certificate of ${host} is not valid yet`,
    fix: "Check this machine's clock",
  }),
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => ({
    what: `the certificate of ${host} is for another host`,
    fix: 'Check the URL',
  }),
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownCa,
  SELF_SIGNED_CERT_IN_CHAIN: unknownCa,
  UNABLE_TO_GET_ISSUER_CERT: unknownCa,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownCa,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: (host) => ({
    what: `${host} sends a certificate without its chain to a CA that this machine trusts`,
    fix: CA,
  }),
  ENOTFOUND: (host) => ({
    what: `the host name ${host} cannot be resolved`,
    fix: 'Check the URL and the VPN',
  }),
  EAI_AGAIN: (host) => ({ what: `the DNS lookup of ${host} failed`, fix: 'Check the network' }),
  ECONNREFUSED: (host) => ({
    what: `${host} refused the connection`,
    fix: 'Check the URL and HTTPS_PROXY',
  }),
  ENETUNREACH: unreachable,
  EHOSTUNREACH: unreachable,
  ETIMEDOUT: unreachable,
};

/** Faults that a retry may not meet again. */
const FLEETING: Readonly<Record<string, FaultText>> = {
  ECONNRESET: (host) => ({
    what: `${host} closed the connection`,
    fix: 'Try again later, or ask the administrator of GitLab or the proxy',
  }),
  EPIPE: (host) => ({ what: `${host} closed the connection`, fix: 'Try again later' }),
};

/** The fault behind a connection that gave no answer. */
export function faultOfConnection(host: string, error: unknown): GitlabFault {
  const code = typeof error === 'object' && error && 'code' in error ? String(error.code) : '';
  const known = FAULTS[code];
  if (known) return new GitlabFault(known(host));
  const fleeting = FLEETING[code];
  if (fleeting) return new GitlabFault(fleeting(host), 'fleeting');
  if (code === 'HPE_HEADER_OVERFLOW') return BOUND_FAULTS.headers(host);
  if (/^HPE_/.test(code)) {
    return new GitlabFault({
      what: `${host} answered with something other than HTTP (${code})`,
      fix: 'Check the URL, its port and HTTPS_PROXY',
    });
  }
  if (/^(EPROTO$|ERR_SSL_|ERR_TLS_|CERT_|UNABLE_)/.test(code)) {
    return new GitlabFault({
      what: `the TLS handshake with ${host} failed (${code})`,
      fix: 'Check that it serves https with a valid certificate',
    });
  }
  return new GitlabFault({
    what: `${host} could not be reached${code === '' ? '' : ` (${code})`}`,
    fix: 'Check the URL and the network',
  });
}

/** No answer in time. */
export function faultOfSilence(host: string, milliseconds: number): GitlabFault {
  return new GitlabFault(
    {
      what: `${host} did not answer within ${milliseconds / 1000} seconds`,
      fix: 'Try again later, or check the network and HTTPS_PROXY',
    },
    'fleeting',
  );
}
