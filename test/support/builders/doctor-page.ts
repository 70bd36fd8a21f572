import { CHECKS } from '../../../src/doctor/checks.ts';
import { MESSAGES } from '../../../src/iam/messages/catalog.ts';
import { EXAMPLE_SETUP, type Message } from '../../../src/iam/messages/message.ts';

/** `docs/doctor.md`: what the checks and the catalog of messages say. */
export function doctorPage(): string {
  return `# Why a job was denied: \`doctor\`

Generated from \`src/doctor/checks\` and \`src/iam/messages\` by \`npm run docs\`.

AWS reports \`Not authorized to perform sts:AssumeRoleWithWebIdentity\` and nothing more. \`doctor\` examines everything that
the sign-in needs, in the order in which AWS would fail. It names the cause, and the change that fixes it.

One of these is enough: the job's own variables, a token, its claims, a project and a ref, or a message. A check without
its input is reported as not checked. The token is read from a variable, a file or standard input, never from a flag. The
output contains neither its signature nor any credential.

## Checks

Each check has an id that never changes its meaning. JSON output has it as \`id\`.

| Id | Check | What it examines | Needs |
| --- | --- | --- | --- |
${CHECKS.map(({ id, name, about, needs }) => `| ${id} | ${name} | ${about} | ${needs} |`).join('\n')}

The answer of STS in the check \`sign-in\` counts as a cause only where no other check explains it. Of several causes, the
first is the one that AWS meets first.

## Requests

- **The issuer**: its discovery document and its keys, through \`HTTPS_PROXY\` where that is set. A private CA is trusted
  where \`NODE_EXTRA_CA_CERTS\` or \`--ca-file\` names it. The certificates are examined no matter who signed them.
- **AWS**, with \`--live\`: \`GetCallerIdentity\`, \`GetRole\`, \`GetOpenIDConnectProvider\`, and \`ListOpenIDConnectProviders\` where
  the provider does not exist. The credentials are those that the AWS SDK finds: variables, profiles, IAM Identity Center.
- **STS**, with \`--try\`: \`AssumeRoleWithWebIdentity\`, and \`GetCallerIdentity\` with the session.

Whether AWS can reach the issuer cannot be seen from inside a network. \`doctor\` reports an address that is not public, and
a name that has no address here.

## Thumbprint

The thumbprint is the SHA-1 of the top intermediate CA that the host of the keys sends: the highest certificate that
another CA signed. Where the root itself signed the server's certificate, it is the root's; where the server sends nothing
else, it is the server's own. A server can send its root in addition to an intermediate CA. AWS's definition then names the
intermediate, and AWS's command line the last certificate sent. The fix lists both, because a provider accepts five.

The certificates are read as the server sends them over TLS 1.2, in their order. A server that speaks only TLS 1.3 encrypts
them; their order is then the one in which Node joins them. The order and unrelated certificates do not change the
thumbprint, and are reported.

## Messages

\`--error\` explains these messages, and needs no other input. The generated README lists those that its repository can cause.

${MESSAGES.map(section).join('\n')}`;
}

function section({ text, cause, fixes, source }: Message): string {
  const ways = fixes(EXAMPLE_SETUP).map(
    ({ text: fix, change }) =>
      `\n- ${sentence(fix)}\n${change === undefined ? '' : `\n${indented(fenced(change))}`}`,
  );
  return `### \`${text}\`

Cause: ${sentence(cause(EXAMPLE_SETUP))} [Source](${source}).
${ways.join('')}`;
}

function sentence(words: string): string {
  const plain = words.replace(/[*_<|]/g, '\\$&');
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}.`;
}

function fenced(lines: string): string {
  return `\`\`\`text\n${lines}\n\`\`\`\n`;
}

function indented(lines: string): string {
  return lines.replace(/^(?=.)/gm, '  ');
}
